import { findMaintenanceSince, findTrafficAwaySince } from '../../ledger/find-held.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';

/**
 * Whether users are kept out: by the ledger where they are sent to the status page, which the application cannot know; by
 * the application's own word, else by the ledger, where maintenance mode is on. "May be" counts as it is. A run that was given up leaves it on, and "already live, nothing to do" would then be untrue (F65).
 */
export async function areUsersOut(
  { ledger, scope }: Pick<Wired, 'ledger' | 'scope'>,
  live: LiveVersion | undefined,
): Promise<boolean> {
  const runs = foldRuns(await ledger.read(scope));
  if (findTrafficAwaySince(runs) !== undefined) return true;
  return live?.maintenance ?? findMaintenanceSince(runs) !== undefined;
}
