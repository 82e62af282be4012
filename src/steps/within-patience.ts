import type { ReleaseError, StepContext } from '../kit.ts';

/**
 * What is sent, as long as the run waits for it (benchmarks M11); longer ones go on beside the run, which does not hear of
 * them. Throws what `late` makes when the patience is over.
 */
export async function withinPatience<T>(
  patienceMs: number | undefined,
  { clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
  sending: Promise<T>,
  late: (ms: number) => ReleaseError,
): Promise<T> {
  if (patienceMs === undefined) return sending;
  sending.catch(() => undefined);
  const over = new AbortController();
  const waiting = clock.sleep(patienceMs, AbortSignal.any([signal, over.signal])).then((): never => {
    throw late(patienceMs);
  });
  waiting.catch(() => undefined);
  try {
    return await Promise.race([sending, waiting]);
  } finally {
    over.abort();
  }
}
