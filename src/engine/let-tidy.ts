import type { Clock } from '../domain/clock.ts';

/**
 * Whoever was cut off may have to clear away what it began: waits for it so long and no longer. `undefined` time means
 * that there is nothing to clear away.
 */
export async function letTidy(
  tidiesMs: number | undefined,
  working: Promise<unknown> | undefined,
  clock: Clock,
): Promise<void> {
  if (tidiesMs === undefined || working === undefined) return;
  const over = new AbortController();
  const ended = working.catch(() => undefined).finally(() => over.abort());
  await Promise.race([ended, clock.sleep(tidiesMs, over.signal).catch(() => undefined)]);
}
