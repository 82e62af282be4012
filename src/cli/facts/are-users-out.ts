import { findMaintenanceSince } from '../../ledger/find-held.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';

/**
 * Whether maintenance mode locks users out: by the application's own word, else by the ledger, where "may be on" counts
 * as on. A run that was given up leaves it on, and "already live, nothing to do" would then be untrue (F65).
 */
export async function areUsersOut(
  { ledger, scope }: Pick<Wired, 'ledger' | 'scope'>,
  live: LiveVersion | undefined,
): Promise<boolean> {
  return live?.maintenance ?? findMaintenanceSince(foldRuns(await ledger.read(scope))) !== undefined;
}
