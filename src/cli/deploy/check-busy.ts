import { refuseHalfWay } from '../../engine/start-run.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { refuseLocked } from '../../ledger/locked.ts';
import type { Wired } from '../wired.ts';

/**
 * Refuses early, before anything is asked of the world or of a person: somebody is at work (E_LOCKED), or an earlier
 * run is half way (E_RUN_OPEN). The lock itself is taken later, and only that is binding.
 */
export async function checkBusy({ ledger, scope }: Wired): Promise<void> {
  const [events, holder] = await Promise.all([ledger.read(scope), ledger.holder(scope)]);
  const open = findOpenRun(foldRuns(events));
  if (holder?.alive === true) throw refuseLocked(scope, holder);
  if (open !== undefined) throw refuseHalfWay(open);
}
