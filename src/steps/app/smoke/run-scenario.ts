import type { Clock } from '../../../domain/clock.ts';
import { doesWrite, type Sample } from '../../../domain/smoke.ts';
import type { Known } from './fill.ts';
import { readPath } from './read-path.ts';
import { type Call, findMissing, type Sending, sendCall } from './send-call.ts';

/** What one call brought: its samples, or why it was not sent. */
export interface CallResult {
  readonly call: Call;
  readonly samples: readonly Sample[];
  /** First answer of a lane: connection set-up included, kept apart from the percentiles (benchmarks T2). */
  readonly coldMs?: number;
  readonly notRun?: string;
}

export interface ScenarioOptions {
  readonly calls: readonly Call[];
  readonly samples: number;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly leaveOut: (call: Call) => string | undefined;
  readonly tell: (said: string) => void;
}

/** A record the run created, and the call that takes it away. */
export interface Created {
  readonly call: Call;
  readonly known: Known;
}

interface Running extends ScenarioOptions {
  readonly sending: Sending;
  readonly known: Map<string, string | number>;
  readonly results: Map<string, { samples: Sample[]; coldMs?: number; notRun?: string }>;
  readonly created: Created[];
}

/** Sends until the answer is right or the time of the call's `until` is over; the last answer is the sample. */
async function sendUntil(call: Call, running: Running) {
  const { clock, sending } = running;
  const monotonic = () => clock.monotonic();
  const deadline = clock.monotonic() + (call.until?.forSeconds ?? 0) * 1000;
  for (;;) {
    const seen = await sendCall(call, sending, monotonic);
    if (seen.wrong === undefined || call.until === undefined || clock.monotonic() >= deadline) return seen;
    await clock.sleep(call.until.everySeconds * 1000, sending.signal);
  }
}

/** The first pass, in order: later calls live on what earlier ones captured. */
async function sendFirst(call: Call, running: Running): Promise<void> {
  const why = running.leaveOut(call) ?? sayMissing(findMissing(call, running.known), running);
  if (why !== undefined) {
    running.results.set(call.id, { samples: [], notRun: why });
    return;
  }
  running.tell(`${call.method} ${call.path}`);
  const { answer, isLost, ...sample } = await sendUntil(call, running).catch((error: unknown) => {
    remember(call, running);
    throw error;
  });
  running.results.set(call.id, { samples: [sample], coldMs: sample.tookMs });
  for (const [name, path] of Object.entries(call.capture ?? {})) {
    const value = readPath(answer?.json, path);
    if (typeof value === 'string' || typeof value === 'number') running.known.set(name, value);
  }
  if (isLost === true || (answer !== undefined && answer.status < 300)) remember(call, running);
}

/** What a call made, or may have made: a wrong answer, and one that was lost, leave a record behind as well. */
function remember(call: Call, { created, known }: Running): void {
  if (call.undo) created.push({ call, known: new Map(known) });
}

/** True when the call that gives the value was itself left out on purpose, and did not fail. */
const isLeftOut = (name: string, { calls, results }: Running): boolean =>
  calls.some(({ id, capture }) => {
    const notRun = results.get(id)?.notRun;
    return Object.hasOwn(capture ?? {}, name) && notRun !== undefined && !notRun.startsWith('needs ');
  });

function sayMissing(names: readonly string[], running: Running): string | undefined {
  if (names.length === 0) return undefined;
  if (names.every((name) => isLeftOut(name, running))) return `lives on a call that was left out`;
  return `needs ${names.join(', ')}, which an earlier call did not give`;
}

/** The other samples of calls that change nothing, a few at once, endpoints taking turns. */
async function sendOthers(running: Running): Promise<void> {
  const safe = running.calls.filter(
    (call) => !doesWrite(call) && running.results.get(call.id)?.notRun === undefined,
  );
  const queue = Array.from({ length: running.samples - 1 }, () => safe).flat();
  const work = async (): Promise<void> => {
    for (let call = queue.shift(); call !== undefined; call = queue.shift()) {
      const {
        answer: _,
        isLost: __,
        ...sample
      } = await sendCall(call, running.sending, () => running.clock.monotonic());
      running.results.get(call.id)?.samples.push(sample);
    }
  };
  await Promise.all(Array.from({ length: running.concurrency }, work));
}

/**
 * Runs the scenario: one pass in order, then the samples. What was created is handed back in any case, so that
 * the caller can take it away even when this throws (E-72).
 */
export async function runScenario(
  sending: Omit<Sending, 'known'> & { readonly known: Map<string, string | number> },
  options: ScenarioOptions,
  created: Created[],
): Promise<readonly CallResult[]> {
  const running: Running = { ...options, sending, known: sending.known, results: new Map(), created };
  for (const call of options.calls) await sendFirst(call, running);
  await sendOthers(running);
  return options.calls.map((call) => ({ call, ...(running.results.get(call.id) ?? { samples: [] }) }));
}
