import type { SmokeCall } from '../../../config/schema/index.ts';
import { seconds } from '../../../domain/duration.ts';
import { readPath } from '../../../domain/smoke/read-path.ts';
import { doesWrite } from '../../../domain/smoke/sample.ts';
import { LOOK_BACK_MS } from '../../../domain/watch/counts.ts';
import { Latencies } from '../../../domain/watch/latencies.ts';
import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import type { Sending } from '../../../steps/app/smoke/call.ts';
import { whyLeftOut } from '../../../steps/app/smoke/leave-out.ts';
import { findMissing, sendCall } from '../../../steps/app/smoke/send-call.ts';
import { bypassOf, startingValues } from '../../../steps/app/smoke/starting-values.ts';
import type { SourceWorld } from './source-world.ts';

/** What is known of one call that is sent again and again. */
interface Probed {
  readonly call: SmokeCall;
  readonly endpoint: string;
  readonly times: Latencies;
  failedInRow: number;
}

interface Probing {
  readonly all: readonly Probed[];
  readonly known: Map<string, string | number>;
  readonly everything: Latencies;
  readonly world: SourceWorld;
  readonly name: string;
  readonly everyMs: number;
  readonly sending: Omit<Sending, 'signal'>;
  /** Whether this round also tells percentiles. */
  readonly isForTimes: () => boolean;
  /** How often it was started over. */
  turn: number;
}

/** The critical calls that change nothing, and the calls that they live on. */
function chooseCalls(calls: readonly SmokeCall[]): readonly SmokeCall[] {
  const safe = calls.filter((call) => !doesWrite(call));
  return safe.filter(({ critical, capture }) => critical || Object.hasOwn(capture ?? {}, 'token'));
}

function begin({ wired, version, run }: SourceWorld) {
  const { runbook, environment, clock, secrets } = wired;
  const secret = (name: string): string => secrets.read(name);
  const order = { version, run, clock, secret };
  const calls = chooseCalls(runbook.smoke?.calls ?? []).filter(
    (call) => whyLeftOut(call, environment, {}) === undefined,
  );
  return { calls, known: startingValues(environment, order), bypass: bypassOf(environment, order) };
}

function remember({ known }: Probing, call: SmokeCall, json: unknown): void {
  for (const [name, path] of Object.entries(call.capture ?? {})) {
    const value = readPath(json, path);
    if (typeof value === 'string' || typeof value === 'number') known.set(name, value);
  }
}

const isLogin = ({ capture }: SmokeCall): boolean => Object.hasOwn(capture ?? {}, 'token');

/** Whatever a call is for, that it is not answered at all is an outage; only the first call is asked for that. */
const isUnreachable = (status: number | undefined): boolean => status === undefined || status >= 500;

function read(probing: Probing, one: Probed, failed: boolean, isDown: boolean): Reading[] {
  const { all, name: source, world } = probing;
  const { endpoint: series, call, times } = one;
  one.failedInRow = failed ? one.failedInRow + 1 : 0;
  const k = failed ? 1 : 0;
  const readings: Reading[] = [{ metric: 'error-percent', series, source, k, n: 1 }];
  if (isLogin(call)) readings.push({ metric: 'login-failure-percent', series, source, k, n: 1 });
  if (call.critical)
    readings.push({ metric: 'failed-critical-probes', series, source, value: one.failedInRow });
  if (one === all[0])
    readings.push({ metric: 'failed-probes', series: 'all', source, value: isDown ? 1 : 0 });
  const { value, n } = probing.isForTimes() ? times.quantile(0.95, world.now()) : NO_TIMES;
  if (n >= LEAST_TIMES) readings.push({ metric: 'p95-ms', series, source, value, n });
  return readings;
}

function startOver(probing: Probing): void {
  probing.turn += 1;
  probing.everything.clear();
  for (const one of probing.all) {
    one.times.clear();
    one.failedInRow = 0;
  }
}

/** A percentile of five minutes is no other a second later. */
const TIMES_EVERY_MS = 5000;
const NO_TIMES = { value: null, n: 0 };

/** Fewer times are no percentile. */
const LEAST_TIMES = 20;

async function probe(probing: Probing, one: Probed, signal: AbortSignal): Promise<Reading[]> {
  const { known, everything, world, sending, everyMs } = probing;
  if (findMissing(one.call, known).length > 0) return [];
  const { turn } = probing;
  const began = world.now();
  const { answer, sample } = await sendCall(one.call, { ...sending, signal });
  const at = world.now();
  // The machine slept meanwhile: how long that took says nothing of the application.
  if (turn !== probing.turn) return [];
  for (const times of [one.times, everything]) times.addTry(at, sample.tookMs, at - began, everyMs);
  if (answer !== undefined && sample.wrong === undefined) remember(probing, one.call, answer.json);
  return read(probing, one, sample.wrong !== undefined, isUnreachable(answer?.status));
}

function readEverything({ everything, name: source, world, isForTimes }: Probing): Reading[] {
  if (!isForTimes()) return [];
  const [p95, p99] = [0.95, 0.99].map((q) => everything.quantile(q, world.now()));
  if (p95 === undefined || p99 === undefined || p95.n < LEAST_TIMES) return [];
  return [
    { metric: 'p95-all-ms', series: 'all', source, ...p95 },
    { metric: 'p99-all-ms', series: 'all', source, ...p99 },
  ];
}

/** An outage has to be seen in two minutes: what takes longer than this is none that users wait for (benchmarks 4.5). */
const PATIENCE_MS = seconds(5);

/** Slower ones never have times enough in the five minutes that a percentile looks back over. */
const SLOWEST_FOR_TIMES = LOOK_BACK_MS / LEAST_TIMES;

const metricsOf = (all: readonly Probed[], everyMs: number): readonly string[] => [
  ...['error-percent', 'failed-probes'],
  ...(all.some(({ call }) => isLogin(call)) ? ['login-failure-percent'] : []),
  ...(all.some(({ call }) => call.critical) ? ['failed-critical-probes'] : []),
  ...(everyMs <= SLOWEST_FOR_TIMES ? ['p95-ms', 'p95-all-ms', 'p99-all-ms'] : []),
];

/** Our own requests (SUC-03, MON-05, MON-14, RBC-P0-2, RBC-P1-3; E-19: the login has valid credentials). */
export function makeProbe(name: string, everyMs: number, world: SourceWorld): Sampler {
  const { calls, known, bypass } = begin(world);
  const { runbook, services, env } = world.wired;
  const all = calls.map((call) => ({
    call,
    endpoint: runbook.budgets[call.budget]?.endpoint ?? `${call.method} ${call.path}`,
    times: new Latencies(),
    failedInRow: 0,
  }));
  const everything = new Latencies(10_000);
  const sending = { services, env, known, bypass, timeoutMs: PATIENCE_MS };
  let rounds = 0;
  const every = Math.max(1, Math.round(TIMES_EVERY_MS / everyMs));
  const isForTimes = (): boolean => rounds % every === 0;
  const probing: Probing = { all, known, everything, world, name, everyMs, sending, isForTimes, turn: 0 };
  return {
    name,
    everyMs,
    metrics: metricsOf(all, everyMs),
    mostTimes: Math.floor((all.length * LOOK_BACK_MS) / everyMs),
    startOver: () => startOver(probing),
    sample: async (signal) => {
      rounds += 1;
      const readings = await Promise.all(all.map((one) => probe(probing, one, signal)));
      return [...readings.flat(), ...readEverything(probing)];
    },
  };
}
