import { setMaxListeners } from 'node:events';

/**
 * Does work that must be over in `ms`, whatever arrives meanwhile: a body that trickles never ends by itself (F57).
 * Rejects at the deadline with the code ETIMEDOUT, and with the reason of `outer` when that aborts first. The work is
 * told by its own signal. Written out because AbortSignal.any keeps memory for every call of a long-lived signal.
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  // As many requests as are under way listen to one signal; that is no leak.
  if (outer) setMaxListeners(0, outer);
  const own = new AbortController();
  const cut = new Promise<never>((_, refuse) => {
    own.signal.addEventListener('abort', () => refuse(own.signal.reason), { once: true });
  });
  const late = () => own.abort(Object.assign(new Error('too late'), { code: 'ETIMEDOUT' }));
  const pass = () => own.abort(outer?.reason);
  const timer = setTimeout(late, ms);
  outer?.addEventListener('abort', pass, { once: true });
  try {
    return await Promise.race([work(own.signal), cut]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', pass);
  }
}
