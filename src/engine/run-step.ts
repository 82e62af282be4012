import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Step } from '../kit.ts';
import { digestOf, sha256 } from '../ledger/digest.ts';
import type { NewEvent } from '../ledger/event.ts';
import type { EntryState } from '../ledger/fold.ts';
import { askWorld, settle } from './ask-world.ts';
import { attempt } from './attempt.ts';
import { chooseMove } from './next-move.ts';
import type { EntryEnd } from './run-tools.ts';
import { makeStepContext, type Running } from './step-context.ts';

const MAX_EXPIRED = 5;

type Progress = { readonly attempt: number; readonly firstAt: string };

/** Records an event of this step; the id makes a repeated record harmless. */
const record = (
  { run, entry, tools }: Running,
  key: string,
  event: Pick<NewEvent, 'type' | 'data'>,
): Promise<{ readonly at: string }> =>
  tools.ledger.append(tools.held, {
    id: `${run}:${entry.name}:${key}:${tools.held.epoch}`,
    run,
    step: entry.name,
    def: entry.def,
    ...event,
  } as NewEvent);

async function recordDone(
  running: Running,
  how: 'effect' | 'inspected' | 'operator' | 'skipped',
  done: JsonObject,
  tookMs: number,
): Promise<EntryEnd> {
  await record(running, 'done', { type: 'step.done', data: { how, done, tookMs } });
  return { end: 'done', done, how, tookMs };
}

async function recordFailed(running: Running, error: ReleaseError, number: number): Promise<EntryEnd> {
  const { code, text } = error;
  if (running.entry.onFailure === 'warn') {
    await record(running, 'warned', { type: 'step.warned', data: { code, said: text.what } });
    running.tools.emit({ type: 'step.warned', name: running.entry.name, code, said: text.what });
    return { end: 'warned' };
  }
  await record(running, `failed:${number}`, {
    type: 'step.failed',
    data: { code, said: text.what, state: text.state },
  });
  return { end: 'failed', error };
}

async function recordDoubt(running: Running, said: string, number: number): Promise<EntryEnd> {
  await record(running, `doubt:${number}`, { type: 'step.doubt', data: { said } });
  return { end: 'in-doubt', said };
}

/** Writes the promise "the request leaves soon after this record, or never", and then tries. */
async function tryEffect(step: Step, running: Running, before: Progress): Promise<EntryEnd> {
  let { attempt: number, firstAt } = before;
  for (let expired = 0; expired < MAX_EXPIRED; expired += 1, number += 1) {
    const { run, entry } = running;
    const data = {
      attempt: number,
      key: sha256(`${run}|${entry.name}`),
      inputDigest: digestOf(entry.input as Json),
    };
    const { at } = await record(running, `intent:${number}`, { type: 'step.intent', data });
    firstAt = firstAt || at;
    const end = await attempt(step, running, { attempt: number, firstAt });
    if (end.end === 'done') return recordDone(running, 'effect', end.done, end.tookMs);
    if (end.end === 'failed') return recordFailed(running, end.error, number);
    if (end.end === 'fenced') return end;
    if (end.end === 'unclear') return clearUp(step, running, { attempt: number, firstAt }, at, end);
  }
  return { end: 'stopped', said: `"${running.entry.title}" could not be sent in time` };
}

/** An effect that may have happened: wait, ask, and say what the world says. */
async function clearUp(
  step: Step,
  running: Running,
  progress: Progress,
  intentAt: string,
  end: { readonly error: ReleaseError; readonly byStop: boolean },
): Promise<EntryEnd> {
  if (end.byStop) {
    await recordDoubt(running, 'stopped in the middle', progress.attempt);
    return { end: 'stopped', said: `stopped in the middle of "${running.entry.title}"` };
  }
  if (running.entry.effect === 'unprobeable') return decide(step, running, progress);
  await settle(running, Date.parse(intentAt) + settleMsOf(step, running));
  const seen = await askWorld(step, running, makeStepContext(running, progress, running.tools.stop.signal));
  if (seen.state === 'done') return recordDone(running, 'inspected', seen.done, 0);
  if (seen.state === 'absent') return recordFailed(running, end.error, progress.attempt);
  return recordDoubt(running, `${end.error.text.what} ${seen.said}`, progress.attempt);
}

const settleMsOf = (step: Step, { tools }: Running): number =>
  (tools.times.intentMs + step.settleMs) * tools.times.settleFactor;

async function decide(step: Step, running: Running, progress: Progress): Promise<EntryEnd> {
  const choice = await running.tools.decide(running.entry);
  if (choice === 'skip') return recordDone(running, 'skipped', {}, 0);
  if (choice === 'repeat') return tryEffect(step, running, { ...progress, attempt: progress.attempt + 1 });
  return recordDoubt(running, `nobody can ask whether "${running.entry.title}" happened`, progress.attempt);
}

const unknownStep = (running: Running, step: Step | undefined): ReleaseError =>
  new ReleaseError('E_PLAN_UNKNOWN_STEP', {
    what: `This version of release does not know the step ${running.entry.step}, definition ${running.entry.def}.`,
    why: step ? `It knows definition ${step.def}.` : 'The run was begun by another version.',
    next: 'Go on with the version that began the run; release history --json names it (`tool`).',
    state: 'partly-done',
  });

/**
 * Carries one step of a plan to its end, whatever an earlier attempt left behind (reliability 4.1): recorded done is
 * passed over; begun and not ended is settled and asked about; the effect itself follows a durable, fenced intent.
 */
export async function runStep(running: Running, state: EntryState | undefined): Promise<EntryEnd> {
  const { entry, tools } = running;
  const step = tools.steps.get(entry.step);
  if (step === undefined || step.def !== entry.def)
    return { end: 'failed', error: unknownStep(running, step) };
  const settled = {
    settleMs: step.settleMs * tools.times.settleFactor,
    intentMs: tools.times.intentMs * tools.times.settleFactor,
  };
  const move = chooseMove(state, { effect: entry.effect, ...settled });
  const firstAt = state?.state === 'intent' ? state.firstAt : '';
  try {
    if (move.move === 'pass-over') return { end: 'done', done: {}, how: 'skipped', tookMs: 0 };
    if (move.move === 'run') return await tryEffect(step, running, { attempt: move.attempt, firstAt });
    if (move.move === 'decide') return await decide(step, running, { attempt: move.attempt - 1, firstAt });
    return await takeUp(step, running, move.untilMs, { attempt: move.attempt, firstAt });
  } catch (error) {
    if (isReleaseError(error, 'E_FENCED')) return { end: 'fenced', error };
    if (tools.stop.signal.aborted) return { end: 'stopped', said: `stopped before "${entry.title}"` };
    throw error;
  }
}

/** Takes up a step that an earlier process began and did not end. */
async function takeUp(step: Step, running: Running, untilMs: number, progress: Progress): Promise<EntryEnd> {
  await settle(running, untilMs);
  const seen = await askWorld(step, running, makeStepContext(running, progress, running.tools.stop.signal));
  if (seen.state === 'done') return recordDone(running, 'inspected', seen.done, 0);
  if (seen.state === 'absent') return tryEffect(step, running, progress);
  return recordDoubt(running, seen.said, progress.attempt);
}
