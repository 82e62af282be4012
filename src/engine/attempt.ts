import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Step } from '../kit.ts';
import { letTidy } from './let-tidy.ts';
import { openSignal } from './open-signal.ts';
import { type Intent, makeStepContext, type Running } from './step-context.ts';
import { whileHolding } from './while-holding.ts';

/** How one attempt at an effect ended. `unclear`: a request may have left and may have worked. */
export type AttemptEnd =
  | { readonly end: 'done'; readonly done: JsonObject; readonly tookMs: number }
  | { readonly end: 'failed'; readonly error: ReleaseError }
  | { readonly end: 'expired'; readonly error: ReleaseError }
  | { readonly end: 'fenced'; readonly error: ReleaseError }
  | { readonly end: 'unclear'; readonly error: ReleaseError; readonly byStop: boolean };

const tooLong = (title: string, ms: number): ReleaseError =>
  new ReleaseError('E_STEP_TIMEOUT', {
    what: `"${title}" did not end within ${Math.round(ms / 1000)} s.`,
    next: 'Resume: it asks what became of it.',
    state: 'unclear',
  });

const broke = (title: string, error: unknown): ReleaseError =>
  new ReleaseError('E_STEP_BROKE', {
    what: `"${title}" broke: ${error instanceof Error ? error.message : String(error)}`,
    next: 'release status shows how far it got; then resume.',
    state: 'unclear',
  });

const asReleaseError = (error: unknown, title: string): ReleaseError =>
  error instanceof ReleaseError ? error : broke(title, error);

// Ends with the stop's reason as well, when that comes first.
async function endTooLong(step: Step, { entry, tools }: Running, signal: AbortSignal): Promise<never> {
  await tools.clock.sleep(step.timeoutMs, signal);
  throw tooLong(entry.title, step.timeoutMs);
}

/**
 * One attempt: the effect under its time limit, with the lock kept alive. Nothing is recorded here. Only an error
 * that says `untouched` or `partly-done` is known; anything else leaves the question open what became of the effect.
 */
export async function attempt(step: Step, running: Running, intent: Intent): Promise<AttemptEnd> {
  const { entry, tools } = running;
  const own = openSignal(tools.stop.signal);
  const context = makeStepContext(running, intent, own.signal);
  const started = tools.clock.monotonic();
  let wasSent = false;
  const guard = (): void => {
    context.guard();
    wasSent = true;
  };
  let working: Promise<JsonObject> | undefined;
  const effect = (): Promise<JsonObject> => {
    working = (async () => step.run(tools.services, entry.input as JsonObject, { ...context, guard }))();
    return working;
  };
  try {
    tools.stop.signal.throwIfAborted();
    const inTime = (): Promise<JsonObject> => Promise.race([effect(), endTooLong(step, running, own.signal)]);
    const done = await whileHolding(tools, inTime, own);
    return { end: 'done', done, tookMs: Math.round(tools.clock.monotonic() - started) };
  } catch (error) {
    own.end();
    await letTidy(step.tidiesMs, working, running.tools.clock);
    return sortOut(error, running, wasSent);
  } finally {
    own.end();
  }
}

function sortOut(error: unknown, { entry, tools }: Running, wasSent: boolean): AttemptEnd {
  const mayRepeat = entry.effect === 'read' || entry.effect === 'repeatable';
  const told = asReleaseError(error, entry.title);
  if (tools.stop.signal.aborted) return { end: 'unclear', error: told, byStop: true };
  if (isReleaseError(error, 'E_FENCED')) return { end: 'fenced', error };
  const isLate = isReleaseError(error, 'E_INTENT_EXPIRED');
  if (isLate && (!wasSent || mayRepeat)) return { end: 'expired', error };
  // Late for its second request: the first one has left, so "nothing was sent" is not true any more.
  const isKnown = !isLate && told.text.state !== 'unclear';
  return isKnown || mayRepeat
    ? { end: 'failed', error: told }
    : { end: 'unclear', error: told, byStop: false };
}
