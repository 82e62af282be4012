import type { Clock } from '../domain/clock.ts';

const SLOW_MS = 3000;

/** Waits for `work`; calls `say` once when it takes longer than three seconds, so that nobody looks at a silent screen. */
export async function sayWhenSlow<T>(
  work: Promise<T>,
  { clock }: { readonly clock: Clock },
  say: () => void,
): Promise<T> {
  const over = new AbortController();
  clock.sleep(SLOW_MS, over.signal).then(say, () => undefined);
  try {
    return await work;
  } finally {
    over.abort();
  }
}
