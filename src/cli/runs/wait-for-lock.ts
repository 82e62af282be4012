import { sayDuration } from '../../domain/duration.ts';
import type { Holder } from '../../ledger/ledger.ts';
import { refuseLocked } from '../../ledger/locked.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { LockChoice } from './lock-choice.ts';

/** A look at a ledger in git is a fetch, and people wait for a quarter of an hour. */
const LOOK_AGAIN_MS = 5000;

const sayWait = ({ actor, run, step }: Holder, waitMs: number): string =>
  `  … ${actor} holds the lock, run ${run}${step ? `, at "${step}"` : ''}; waiting for it, ${sayDuration(waitMs)} at most`;

/**
 * Ends when nobody who may live holds the lock, or at once when it is to be taken over. Throws E_LOCKED when the holder
 * is still there after the time of --wait, the signal's reason when it is stopped. Takes nothing itself: of several that
 * wait for the same lock one gets it, and the others are refused. True when it has waited.
 */
export async function waitForLock(
  { ledger, scope, clock }: Pick<Wired, 'ledger' | 'scope' | 'clock'>,
  { waitMs, takeover }: LockChoice,
  { out, stop }: Pick<CliContext, 'out' | 'stop'>,
): Promise<boolean> {
  const until = clock.monotonic() + waitMs;
  for (let looked = 0; ; looked += 1) {
    const holder = await ledger.holder(scope);
    if (holder?.alive !== true || takeover !== undefined) return looked > 0;
    const left = until - clock.monotonic();
    if (left <= 0) throw refuseLocked(scope, holder);
    if (looked === 0) out.note(sayWait(holder, waitMs));
    await clock.sleep(Math.min(LOOK_AGAIN_MS, left), stop.signal);
  }
}
