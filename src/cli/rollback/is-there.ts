import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { areUsersOut } from '../facts/are-users-out.ts';
import { askLive } from '../facts/ask-live.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

/** True when the version runs for everybody, main has its tree, the data are its own, and no run is half way. */
export async function isThere({ facts, isLeftByRecord }: RollbackStanding, wired: Wired): Promise<boolean> {
  // Without ledger, remote or an answer nobody knows what is half way: then the whole plan is carried out, which changes nothing twice.
  if (wired.isBlind || wired.codeAway || isLeftByRecord) return false;
  const open = findOpenRun(foldRuns(await wired.ledger.read(wired.scope)));
  const isLive = facts.from === facts.to && facts.treeIsThere && facts.data.kind === 'none';
  return open === undefined && isLive && !(await areUsersOut(wired, await askLive(wired)));
}
