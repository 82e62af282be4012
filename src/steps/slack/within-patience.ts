import { sayDuration } from '../../domain/duration.ts';
import { ReleaseError, type StepContext } from '../../kit.ts';
import type { AnnounceInput } from './send-announcement.ts';

const tooSlow = (ms: number): ReleaseError =>
  new ReleaseError('E_SLACK_UNREACHABLE', {
    what: `Slack has not answered for ${sayDuration(ms)}; nobody waits for it any longer.`,
    why: 'A message is worth less than the time of users who are kept out. It may still arrive.',
    next: 'Look in the channel, and tell people yourself.',
    // Not in doubt, or the run would ask Slack, which hangs, what became of it: a message is never tried again anyway.
    state: 'partly-done',
  });

/**
 * What is sent, as long as the run waits for it (benchmarks M11); longer ones go on beside the run, which does not hear of
 * them. Throws E_SLACK_UNREACHABLE when the patience is over.
 */
export async function withinPatience<T>(
  { patienceMs }: Pick<AnnounceInput, 'patienceMs'>,
  { clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
  sending: Promise<T>,
): Promise<T> {
  if (patienceMs === undefined) return sending;
  sending.catch(() => undefined);
  const over = new AbortController();
  const late = clock.sleep(patienceMs, AbortSignal.any([signal, over.signal])).then((): never => {
    throw tooSlow(patienceMs);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([sending, late]);
  } finally {
    over.abort();
  }
}
