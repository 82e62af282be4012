import { isReleaseError, type ReleaseError } from '../domain/failure.ts';
import type { Step } from '../kit.ts';
import type { EntryState } from '../ledger/fold.ts';
import { askWorld, settle } from './ask-world.ts';
import { attempt } from './attempt.ts';
import { type Begun, leftToLand } from './left-to-land.ts';
import { chooseMove, type MoveRules } from './next-move.ts';
import { recordCutOff, recordDone, recordDoubt, recordFailed, recordIntent } from './record-step.ts';
import type { EntryEnd } from './run-tools.ts';
import { makeStepContext, type Running, readSince, type Since } from './step-context.ts';
import { refuseUnknownStep } from './unknown-step.ts';
import { whileHolding } from './while-holding.ts';

const MAX_EXPIRED = 5;

type Progress = {
  readonly attempt: number;
  readonly firstAt: string;
  /** A step that nobody can ask about is repeated once, not for as long as its service stays silent. */
  readonly wasRepeated?: boolean;
};

const stopped = (said: string): EntryEnd => ({ end: 'stopped', said });

/** Writes the promise "the request leaves soon after this record, or never", and then tries. */
async function tryEffect(step: Step, running: Running, before: Progress): Promise<EntryEnd> {
  const { tools, entry } = running;
  let { attempt: number, firstAt } = before;
  for (let tries = 1; ; tries += 1, number += 1) {
    if (tools.stop.signal.aborted) return stopped(`stopped before "${entry.title}"`);
    const since = readSince(tools.clock);
    const at = await recordIntent(running, number);
    firstAt = firstAt || at;
    const end = await attempt(step, running, { attempt: number, firstAt, since });
    if (end.end === 'done') return recordDone(running, 'effect', end.done, end.tookMs);
    if (end.end === 'failed') return recordFailed(running, end.error, number);
    if (end.end === 'fenced') return end;
    if (end.end === 'unclear')
      return clearUp(step, running, { ...before, attempt: number, firstAt }, since, end);
    if (tries === MAX_EXPIRED) return recordFailed(running, end.error, number);
  }
}

/** An effect that may have happened: wait, ask, and say what the world says. */
async function clearUp(
  step: Step,
  running: Running,
  progress: Progress,
  since: Since,
  end: { readonly error: ReleaseError; readonly byStop: boolean },
): Promise<EntryEnd> {
  const { entry, tools } = running;
  if (end.byStop) {
    await recordCutOff(running, 'stopped in the middle', progress.attempt);
    return stopped(`stopped in the middle of "${entry.title}"`);
  }
  if (entry.effect === 'unprobeable') return decide(step, running, progress);
  // A step that only warns is not tried again, so nobody has to wait until it cannot land any more.
  const passed = tools.clock.monotonic() - since.steady;
  if (entry.onFailure !== 'warn') await settle(running, settleMsOf(step, running) - passed);
  const seen = await ask(step, running, progress);
  if (seen.state === 'done') return recordDone(running, 'inspected', seen.done, 0);
  if (seen.state === 'absent') return recordFailed(running, end.error, progress.attempt);
  const { what } = end.error.text;
  // A service that is away says the same to the question.
  return recordDoubt(running, seen.said === what ? what : `${what} ${seen.said}`, progress.attempt);
}

const settleMsOf = (step: Step, { tools }: Running): number =>
  (tools.times.intentMs + step.settleMs) * tools.times.settleFactor;

function ask(step: Step, running: Running, progress: Progress): ReturnType<typeof askWorld> {
  const { clock, stop } = running.tools;
  return askWorld(
    step,
    running,
    makeStepContext(running, { ...progress, since: readSince(clock) }, stop.signal),
  );
}

async function decide(step: Step, running: Running, progress: Progress): Promise<EntryEnd> {
  const { tools, entry } = running;
  const choice = await whileHolding(tools, () => tools.decide(entry));
  if (choice === 'skip') return recordDone(running, 'skipped', {}, 0);
  if (choice === 'repeat' && progress.wasRepeated !== true)
    return tryEffect(step, running, { ...progress, attempt: progress.attempt + 1, wasRepeated: true });
  return recordDoubt(running, `nobody can ask whether "${entry.title}" happened`, progress.attempt);
}

/**
 * Carries one step of a plan to its end, whatever an earlier attempt left behind (reliability 4.1): recorded done is
 * passed over; begun and not ended is settled and asked about; the effect itself follows a durable, fenced intent.
 */
export async function runStep(running: Running, state: EntryState | undefined): Promise<EntryEnd> {
  const { entry, tools } = running;
  const step = tools.steps.get(entry.step);
  const error = refuseUnknownStep(entry, tools);
  if (step === undefined || error !== undefined) return { end: 'failed', error: error as ReleaseError };
  try {
    return await move(step, running, state);
  } catch (error) {
    if (isReleaseError(error, 'E_FENCED')) return { end: 'fenced', error };
    if (tools.stop.signal.aborted) return stopped(`stopped before "${entry.title}"`);
    throw error;
  }
}

function rulesOf(step: Step, { entry, tools }: Running): MoveRules {
  const { settleFactor, intentMs } = tools.times;
  const { effect } = entry;
  return { effect, settleMs: step.settleMs * settleFactor, intentMs: intentMs * settleFactor };
}

async function move(step: Step, running: Running, state: EntryState | undefined): Promise<EntryEnd> {
  const next = chooseMove(state, rulesOf(step, running));
  const firstAt = state?.state === 'intent' || state?.state === 'failed' ? state.firstAt : '';
  if (next.move === 'pass-over') return { end: 'done', done: {}, how: 'skipped', tookMs: 0 };
  if (next.move === 'run') return tryEffect(step, running, { attempt: next.attempt, firstAt });
  if (next.move === 'decide') return decide(step, running, { attempt: next.attempt - 1, firstAt });
  return takeUp(step, running, next.begun, { attempt: next.attempt, firstAt });
}

/** What became of a step that an earlier process began and did not end; undefined when it did not happen. */
async function findEnd(
  step: Step,
  running: Running,
  begun: Begun,
  progress: Progress,
): Promise<EntryEnd | undefined> {
  await settle(running, leftToLand(begun, running.outlook));
  const seen = await ask(step, running, progress);
  if (seen.state === 'done') return recordDone(running, 'inspected', seen.done, 0);
  return seen.state === 'absent' ? undefined : recordDoubt(running, seen.said, progress.attempt);
}

const takeUp = async (step: Step, running: Running, begun: Begun, progress: Progress): Promise<EntryEnd> =>
  (await findEnd(step, running, begun, progress)) ?? tryEffect(step, running, progress);

/** Clears up a doubt and does nothing else; undefined when the step did not happen, or when nobody can be asked. */
export async function clearDoubt(running: Running, state: EntryState): Promise<EntryEnd | undefined> {
  const step = running.tools.steps.get(running.entry.step);
  if (step === undefined || state.state !== 'intent') return undefined;
  const next = chooseMove(state, rulesOf(step, running));
  if (next.move !== 'settle') return undefined;
  return findEnd(step, running, next.begun, { attempt: next.attempt, firstAt: state.firstAt });
}
