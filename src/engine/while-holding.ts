import { isReleaseError } from '../domain/failure.ts';
import { type OpenSignal, openSignal } from './open-signal.ts';
import type { RunTools } from './run-tools.ts';

type Holding = Pick<RunTools, 'clock' | 'ledger' | 'held' | 'times'>;

// Only a refusal is an answer. A store that could not be reached is asked again; until then the guard and the next
// record decide, because both know when the right to act ends.
async function renew({ ledger, held }: Holding): Promise<void> {
  try {
    await ledger.renew(held);
  } catch (error) {
    if (isReleaseError(error, 'E_FENCED')) throw error;
  }
}

async function keepLock(holding: Holding, signal: AbortSignal): Promise<never> {
  for (;;) {
    await holding.clock.sleep(holding.times.renewMs, signal);
    await renew(holding);
  }
}

/**
 * Does `work` while the lock is kept alive, and ends with E_FENCED as soon as a renewal is refused. The work itself
 * cannot be called back; what it still does is held by its guard. `own` is ended with the work.
 */
export async function whileHolding<T>(
  holding: Holding,
  work: () => Promise<T>,
  own: OpenSignal = openSignal(),
): Promise<T> {
  try {
    return await Promise.race([work(), keepLock(holding, own.signal)]);
  } finally {
    own.end();
  }
}
