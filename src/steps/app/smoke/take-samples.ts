import { cutOff, doesWrite, type Sample } from '../../../domain/smoke/sample.ts';
import type { Lane, Measurement, Timed } from '../../../services/web/port.ts';
import type { Call } from './call.ts';
import { type Pass, type Passed, sendAndKeep } from './first-pass.ts';
import { expectationOf, requestOf } from './make-request.ts';
import { sendCall } from './send-call.ts';
import { countFrom, type TimedWrite, timeWrite } from './timed-write.ts';

/** How often, and how fast one after the other. */
export interface Sampling {
  /** Samples of a call that changes nothing. */
  readonly samples: number;
  /** Samples of a call that writes: each makes one more record. */
  readonly writeSamples: number;
  /** Shortest time between two samples of a call. */
  readonly everyMs: number;
  /** Longest time over which the samples of a call are spread. */
  readonly spreadSeconds: number;
  /** What is left of the time of the whole suite, in ms. */
  readonly leftMs: number;
}

/** What was sampled; `timed` are the answers of lanes, moment by moment. */
export interface Sampled {
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly coldMs: Readonly<Record<string, number>>;
  readonly timed: readonly Timed[];
  /** Answers of calls that write, the one of the first pass included. */
  readonly writes: readonly TimedWrite[];
  readonly stale: number;
}

/**
 * As far apart as one answer takes, so that about one of a lane is under way at a time, whatever becomes of it: more would be a
 * load test of production, less would take longer than needed.
 */
function makeLane(call: Call, firstMs: number, pass: Pass, sampling: Sampling): Lane {
  const { samples, everyMs, spreadSeconds } = sampling;
  const widest = (spreadSeconds * 1000) / samples;
  const { sending } = pass;
  return {
    id: call.id,
    request: requestOf(call, sending),
    expected: expectationOf(call, sending.known),
    times: samples,
    everyMs: Math.min(Math.max(everyMs, firstMs), widest),
  };
}

const NOTHING: Measurement = { samples: [], coldMs: {}, stale: 0 };

function toSample({ intendedMs, endMs, status, isCut, wrong, error, lagMs }: Timed): Sample {
  if (isCut) return cutOff(endMs - intendedMs);
  return {
    tookMs: status === null ? Number.POSITIVE_INFINITY : endMs - intendedMs,
    lagMs,
    ...(wrong === undefined ? {} : { wrong }),
    ...(error === undefined ? {} : { error }),
  };
}

const isSent = ({ id }: Call, passed: ReadonlyMap<string, Passed>): boolean =>
  passed.get(id)?.sample !== undefined;

async function repeatWrites(
  pass: Pass,
  passed: ReadonlyMap<string, Passed>,
  times: number,
): Promise<Map<string, Sample[]>> {
  const { sending, over, clock, writes } = pass;
  const samples = new Map<string, Sample[]>();
  const send = async (call: Call): Promise<Sample> => {
    const known = new Map(sending.known);
    const began = clock.monotonic();
    const sendOnce = () => sendCall(call, { ...sending, known });
    return sendAndKeep(call, pass, known, sendOnce).catch((error: unknown) => {
      if (!over.aborted) throw error;
      const endMs = clock.monotonic();
      const cut = cutOff(endMs - began);
      writes.push(timeWrite(call.id, cut, undefined, { beganMs: began, endMs }));
      return cut;
    });
  };
  for (const call of pass.calls.filter((one) => doesWrite(one) && isSent(one, passed))) {
    samples.set(call.id, []);
    for (let i = 1; i < times && !over.aborted; i += 1) samples.get(call.id)?.push(await send(call));
  }
  return samples;
}

/**
 * The samples that the first pass leaves open: calls that change nothing on lanes beside each other, calls that write a few
 * times, one after the other (E-24).
 */
export async function takeSamples(
  pass: Pass,
  passed: ReadonlyMap<string, Passed>,
  sampling: Sampling,
): Promise<Sampled> {
  const { sending } = pass;
  const safe = pass.calls.filter((call) => !doesWrite(call) && isSent(call, passed));
  const first = ({ id }: Call): number =>
    Math.min(passed.get(id)?.sample?.tookMs ?? 0, sampling.spreadSeconds * 1000);
  const lanes = safe.map((call) => makeLane(call, first(call), pass, sampling));
  const order = { lanes, atOnce: 20, forMs: sampling.leftMs, signal: pass.stop };
  const zeroMs = pass.clock.monotonic();
  const [measured, written] = await Promise.all([
    sampling.samples === 0 ? NOTHING : sending.services.web.measure(sending.env, order),
    repeatWrites(pass, passed, sampling.writeSamples),
  ]);
  const samples = new Map<string, readonly Sample[]>(written);
  for (const { id } of safe) samples.set(id, measured.samples.filter((one) => one.lane === id).map(toSample));
  const { coldMs, stale } = measured;
  return { samples, coldMs, timed: measured.samples, writes: countFrom(zeroMs, pass.writes), stale };
}
