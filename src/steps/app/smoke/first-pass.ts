import type { Clock } from '../../../domain/clock.ts';
import { makeSlots } from '../../../domain/make-slots.ts';
import { readPath } from '../../../domain/smoke/read-path.ts';
import { doesWrite, type Sample } from '../../../domain/smoke/sample.ts';
import type { Call, Created, Sending } from './call.ts';
import type { Known } from './fill.ts';
import { findNeeds } from './find-needs.ts';
import { findMissing, sendCall } from './send-call.ts';
import { type TimedWrite, timeWrite } from './timed-write.ts';

/** What one call brought: its sample, or why it was not sent. */
export interface Passed {
  readonly sample?: Sample;
  readonly notRun?: string;
  /** Left out on purpose, and not because something failed. */
  readonly isLeftOut?: boolean;
}

export interface Pass {
  readonly calls: readonly Call[];
  readonly concurrency: number;
  readonly clock: Clock;
  readonly leaveOut: (call: Call) => string | undefined;
  readonly tell: (said: string) => void;
  readonly sending: Sending & { readonly known: Map<string, string | number> };
  readonly created: Created[];
  /** Every answer of a call that writes, by `clock`. */
  readonly writes: TimedWrite[];
  /** Aborts when a person stops it; `over` when the time of the whole suite is over. */
  readonly stop: AbortSignal;
  readonly over: AbortSignal;
}

const TOO_LATE = 'the time of the whole suite was over';

/** Sends until the answer is right or the time of the call's `until` is over; the last answer is the sample. */
async function sendUntil(call: Call, { clock, sending }: Pass) {
  const deadline = clock.monotonic() + (call.until?.forSeconds ?? 0) * 1000;
  for (;;) {
    const seen = await sendCall(call, sending);
    if (seen.sample.wrong === undefined || call.until === undefined || clock.monotonic() >= deadline)
      return seen;
    await clock.sleep(call.until.everySeconds * 1000, sending.signal);
  }
}

function remember(call: Call, created: Created[], known: Known): void {
  if (call.undo) created.push({ call, known: new Map(known) });
}

/** What a call may have made: a wrong answer, and one that was lost, leave a record behind as well. */
function rememberDoubt(call: Call, created: Created[], known: Known): void {
  if (call.undo) created.push({ call, known: new Map(known), isDoubtful: true });
}

/** Values of a right answer that later calls fill in; a wrong one names whatever it likes, a customer's record as well. */
const captureFrom = (call: Call, json: unknown): readonly (readonly [string, string | number])[] =>
  Object.entries(call.capture ?? {}).flatMap(([name, path]) => {
    const value = readPath(json, path);
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });

/**
 * Sends a call once, takes what it captures into `known`, and remembers what it made. A request that is cut off may have made
 * something as well.
 */
export async function sendAndKeep(
  call: Call,
  { created, writes, clock }: Pick<Pass, 'created' | 'writes' | 'clock'>,
  known: Map<string, string | number>,
  send: () => ReturnType<typeof sendCall>,
): Promise<Sample> {
  const beganMs = clock.monotonic();
  const { answer, isLost, sample } = await send().catch((error: unknown) => {
    rememberDoubt(call, created, known);
    throw error;
  });
  const at = { beganMs, endMs: clock.monotonic() };
  if (doesWrite(call)) writes.push(timeWrite(call.id, sample, answer?.status, at));
  if (answer !== undefined && sample.wrong === undefined) {
    for (const [name, value] of captureFrom(call, answer.json)) known.set(name, value);
    remember(call, created, known);
  } else if (isLost === true || (answer !== undefined && answer.status < 300)) {
    rememberDoubt(call, created, known);
  }
  return sample;
}

/** True when the call that gives the value was itself left out on purpose, and did not fail. */
const isLeftOut = (name: string, { calls }: Pass, passed: ReadonlyMap<string, Passed>): boolean =>
  calls.some(({ id, capture }) => Object.hasOwn(capture ?? {}, name) && passed.get(id)?.isLeftOut === true);

function findReason(call: Call, pass: Pass, passed: ReadonlyMap<string, Passed>): Passed | undefined {
  const why = pass.leaveOut(call);
  if (why !== undefined) return { notRun: why, isLeftOut: true };
  const missing = findMissing(call, pass.sending.known);
  if (missing.length === 0) return undefined;
  if (missing.every((name) => isLeftOut(name, pass, passed)))
    return { notRun: 'lives on a call that was left out', isLeftOut: true };
  return { notRun: `needs ${missing.join(', ')}, which an earlier call did not give` };
}

async function passOne(call: Call, pass: Pass, passed: ReadonlyMap<string, Passed>): Promise<Passed> {
  const { sending, over } = pass;
  const reason = findReason(call, pass, passed);
  if (reason !== undefined) return reason;
  if (over.aborted) return { notRun: TOO_LATE };
  pass.tell(`${call.method} ${call.path}`);
  try {
    return { sample: await sendAndKeep(call, pass, sending.known, () => sendUntil(call, pass)) };
  } catch (error) {
    if (over.aborted) return { notRun: TOO_LATE };
    throw error;
  }
}

/**
 * Every call once, each as soon as what it lives on has answered, so many beside each other. When one breaks, the others come to
 * their end before this throws, so that all that was made is known to whoever takes it away (E-72).
 */
export async function passOnce(pass: Pass): Promise<ReadonlyMap<string, Passed>> {
  const passed = new Map<string, Passed>();
  const ends = new Map<string, Promise<void>>();
  const inSlot = makeSlots(pass.concurrency);
  for (const call of pass.calls) {
    const needs = findNeeds(call, pass.calls).map((id) => ends.get(id));
    const end = Promise.all(needs).then(async () => {
      passed.set(call.id, await inSlot(() => passOne(call, pass, passed)));
    });
    ends.set(call.id, end);
  }
  const broken = (await Promise.allSettled(ends.values())).find(({ status }) => status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
  return passed;
}
