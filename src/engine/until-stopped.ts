/**
 * Ends with the signal's reason when it aborts, and otherwise never. For a race with work that may not listen to the
 * signal itself; abort a signal of your own afterwards, so that nothing keeps listening.
 */
export const untilStopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
