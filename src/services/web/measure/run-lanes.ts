import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { makeSlots } from '../../../domain/make-slots.ts';
import type { Measurement, Timed } from '../port.ts';

import { type Marks, type ReadyLane, type Send, sendTimed } from './send-timed.ts';
import { watchLoop } from './watch-loop.ts';

/** More at once would measure this program: 200 cost 39 %, 20 less than two (benchmarks 2.4). */
const MOST_AT_ONCE = 20;
/** A lane that so many times in a row got no answer at all will get none; waiting for the rest would prove nothing more. */
const MOST_LOST = 3;

/** What is measured, and for how long. */
export interface LanesOrder {
  readonly lanes: readonly ReadyLane[];
  readonly forMs: number;
  readonly atOnce: number;
}

interface Running {
  readonly send: (lane: ReadyLane) => Promise<Marks>;
  readonly inSlot: ReturnType<typeof makeSlots>;
  /** Aborts when the time is over, or when everything is stopped. */
  readonly signal: AbortSignal;
  readonly seen: Omit<Timed, 'lagMs'>[];
  readonly coldMs: Record<string, number>;
}

/** Without those that had no answer yet an application that stands still at the end would look as fast as before. */
const makeCut = ({ id }: ReadyLane, intendedMs: number): Omit<Timed, 'lagMs'> => ({
  ...{ lane: id, intendedMs, startMs: intendedMs, connectMs: null, firstByteMs: null },
  ...{ endMs: performance.now(), status: null, isCut: true, reused: false },
});

const isLost = ({ status }: Marks): boolean => status === null;

/** Undefined where the time was over before there was an answer. */
const orNothing = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });

/** The first answer opens the lane's connection; then one leaves at each of its moments, whatever became of those before. */
async function runLane(lane: ReadyLane, running: Running): Promise<void> {
  const { send, inSlot, signal, seen, coldMs } = running;
  const first = await orNothing(
    inSlot(() => send(lane)),
    signal,
  );
  if (first === undefined) return;
  coldMs[lane.id] = first.endMs - first.startMs;
  const begin = performance.now();
  let lost = 0;
  const sendAt = async (intendedMs: number): Promise<void> => {
    const marks = await orNothing(
      inSlot(() => send(lane)),
      signal,
    );
    if (marks === undefined) return void seen.push(makeCut(lane, intendedMs));
    lost = isLost(marks) ? lost + 1 : 0;
    seen.push({ lane: lane.id, intendedMs, ...marks });
  };
  const underWay: Promise<unknown>[] = [];
  for (let i = 0; i < lane.times && lost < MOST_LOST; i += 1) {
    const pause = begin + i * lane.everyMs - performance.now();
    if (pause > 0) await orNothing(wait(pause, undefined, { signal }), signal);
    if (signal.aborted) break;
    // Timers ring a little late; that is this program's time, and not the application's.
    underWay.push(sendAt(performance.now()));
  }
  await Promise.all(underWay);
}

const TIMES = ['intendedMs', 'startMs', 'connectMs', 'firstByteMs', 'endMs'] as const;

/** The moments of a sample, counted from the beginning of it all. */
function since(begin: number, one: Omit<Timed, 'lagMs'>, lagMs: number): Timed {
  const moved = TIMES.map((name) => [name, one[name] === null ? null : (one[name] ?? 0) - begin] as const);
  return { ...one, ...Object.fromEntries(moved), lagMs };
}

/**
 * Measures lanes beside each other. A sample's time counts from the moment it was meant to leave, so that an application that
 * stands still is not asked less often (benchmarks T6). Rejects when `signal` aborts; ends by itself after `forMs`.
 */
export async function runLanes(
  { lanes, forMs, atOnce }: LanesOrder,
  send: Send,
  signal: AbortSignal,
): Promise<Measurement> {
  const begin = performance.now();
  const watch = watchLoop();
  const own = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, Math.ceil(forMs)))]);
  setMaxListeners(0, own);
  let stale = 0;
  const onStale = (): void => {
    stale += 1;
  };
  const running: Running = {
    send: (lane) => sendTimed(lane, send, own, onStale),
    inSlot: makeSlots(Math.min(atOnce, MOST_AT_ONCE)),
    signal: own,
    seen: [],
    coldMs: {},
  };
  try {
    await Promise.all(lanes.map((lane) => runLane(lane, running)));
    signal.throwIfAborted();
    // The tick after the last answer tells whether that one was late.
    await wait(10);
    const samples = running.seen.map((one) => since(begin, one, watch.lagAt(one.endMs)));
    return { samples, coldMs: running.coldMs, stale };
  } finally {
    watch.stop();
  }
}
