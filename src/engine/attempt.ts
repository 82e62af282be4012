import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Step } from '../kit.ts';
import { makeStepContext, type Running } from './step-context.ts';

/** How one attempt at an effect ended. `unclear`: a request may have left and may have worked. */
export type AttemptEnd =
  | { readonly end: 'done'; readonly done: JsonObject; readonly tookMs: number }
  | { readonly end: 'failed'; readonly error: ReleaseError }
  | { readonly end: 'expired' }
  | { readonly end: 'fenced'; readonly error: ReleaseError }
  | { readonly end: 'unclear'; readonly error: ReleaseError; readonly byStop: boolean };

const tooLong = (title: string, ms: number): ReleaseError =>
  new ReleaseError('E_STEP_TIMEOUT', {
    what: `"${title}" did not end within ${Math.round(ms / 1000)} s.`,
    next: 'release deploy --resume asks what became of it.',
    state: 'unclear',
  });

const broke = (title: string, error: unknown): ReleaseError =>
  new ReleaseError('E_STEP_BROKE', {
    what: `"${title}" broke: ${error instanceof Error ? error.message : String(error)}`,
    next: 'release status shows how far it got; release deploy --resume goes on.',
    state: 'unclear',
  });

const asReleaseError = (error: unknown, title: string): ReleaseError =>
  error instanceof ReleaseError ? error : broke(title, error);

/** Renews the lock while a step takes its time; a refused renewal cuts the step off. */
async function keepLock({ tools }: Running, own: AbortController): Promise<void> {
  const { clock, ledger, held, times } = tools;
  while (!own.signal.aborted) {
    await clock.sleep(times.renewMs, own.signal);
    await ledger.renew(held);
  }
}

/**
 * One attempt: the effect under its time limit, with the lock kept alive. Nothing is recorded here. Only an error
 * that says `untouched` or `partly-done` is known; anything else leaves the question open what became of the effect.
 */
export async function attempt(
  step: Step,
  running: Running,
  intent: { readonly attempt: number; readonly firstAt: string },
): Promise<AttemptEnd> {
  const { entry, tools } = running;
  const own = new AbortController();
  const context = makeStepContext(running, intent, AbortSignal.any([own.signal, tools.stop.signal]));
  const started = tools.clock.monotonic();
  const limit = tools.clock
    .sleep(step.timeoutMs, own.signal)
    .then(() => Promise.reject(tooLong(entry.title, step.timeoutMs)));
  const lock = keepLock(running, own);
  const stopped = new Promise<never>((_, reject) => {
    tools.stop.signal.addEventListener('abort', () => reject(tools.stop.signal.reason), { once: true });
  });
  const effect = step.run(tools.services, entry.input as JsonObject, context);
  for (const late of [limit, lock, stopped, effect]) late.catch(() => undefined);
  try {
    const done = await Promise.race([effect, limit, stopped, lock.then(() => effect)]);
    return { end: 'done', done, tookMs: Math.round(tools.clock.monotonic() - started) };
  } catch (error) {
    return sortOut(error, running);
  } finally {
    own.abort();
  }
}

function sortOut(error: unknown, { entry, tools }: Running): AttemptEnd {
  if (isReleaseError(error, 'E_INTENT_EXPIRED')) return { end: 'expired' };
  if (isReleaseError(error, 'E_FENCED')) return { end: 'fenced', error };
  const told = asReleaseError(error, entry.title);
  if (tools.stop.signal.aborted) return { end: 'unclear', error: told, byStop: true };
  const isKnown = told.text.state !== 'unclear' || entry.effect === 'read' || entry.effect === 'repeatable';
  return isKnown ? { end: 'failed', error: told } : { end: 'unclear', error: told, byStop: false };
}
