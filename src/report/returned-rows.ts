import { sayConfirmation } from './confirmation-text.ts';
import type { Look } from './look.ts';
import { sayNextAttempt } from './next-attempt-text.ts';
import { row } from './status-rows.ts';
import type { EnvStanding } from './status-text.ts';

type Returned = Pick<EnvStanding, 'confirmation' | 'nextAttempt' | 'byLedger'>;

/** After a rollback: what real traffic has said of what is back (E-22), and which version comes next (E-90). */
export function sayReturned(
  { confirmation, nextAttempt, byLedger }: Returned,
  look: Look,
): readonly string[] {
  const confirmed = confirmation === undefined ? [] : row('', sayConfirmation(confirmation, look).trim());
  if (nextAttempt === undefined) return confirmed;
  const live = byLedger?.version ?? 'what is live';
  return [...confirmed, ...sayNextAttempt(nextAttempt, live).flatMap((line) => row('', line))];
}
