import { setMaxListeners } from 'node:events';

/** Why a piece of work is told to stop when nobody waits for it any more. One for all: an error each costs more than most work. */
const OVER = new Error('nobody waits for it any more');

/** A signal for one piece of work, and what ends it. */
export interface OpenSignal {
  readonly signal: AbortSignal;
  /** Tells the work to stop, if it has not ended, and lets go of the outer signal. */
  end(): void;
}

/**
 * A signal that aborts with the outer one's reason, or when it is ended. Written out: AbortSignal.any costs more than
 * most of what is asked under it, and an outer signal that lives long would gather what it never lets go of.
 */
export function openSignal(outer?: AbortSignal): OpenSignal {
  const own = new AbortController();
  const stop = (): void => own.abort(outer?.reason);
  const end = (): void => {
    outer?.removeEventListener('abort', stop);
    own.abort(OVER);
  };
  if (outer === undefined) return { signal: own.signal, end };
  if (outer.aborted) stop();
  setMaxListeners(0, outer);
  outer.addEventListener('abort', stop, { once: true });
  return { signal: own.signal, end };
}
