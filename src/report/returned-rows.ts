import { sayConfirmation } from './confirmation-text.ts';
import type { Look } from './look.ts';
import { sayNextAttempt } from './next-attempt-text.ts';
import { row } from './status-rows.ts';
import type { EnvStanding } from './status-text.ts';

type Returned = Pick<EnvStanding, 'confirmation' | 'nextAttempt' | 'byLedger' | 'tookBack'>;

/**
 * After a rollback: what real traffic has said of what is back (E-22), and which version comes next (E-90);
 * of a trial that it was taken back.
 */
export function sayReturned(
  { confirmation, nextAttempt, byLedger, tookBack }: Returned,
  look: Look,
): readonly string[] {
  if (tookBack !== undefined)
    return row('', `${tookBack} was taken back; it had no users, and waits for no word of traffic`);
  const confirmed = confirmation === undefined ? [] : row('', sayConfirmation(confirmation, look).trim());
  if (nextAttempt === undefined) return confirmed;
  const live = byLedger?.version ?? 'what is live';
  return [...confirmed, ...sayNextAttempt(nextAttempt, live).flatMap((line) => row('', line))];
}
