import { refuseHalfWay } from '../../engine/start-run.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { refuseLocked } from '../../ledger/locked.ts';
import type { Wired } from '../wired.ts';

/**
 * Refuses early, before anything is asked of the world or of a person: somebody is at work (E_LOCKED), or an earlier
 * run is half way (E_RUN_OPEN). The lock itself is taken later, and only that is binding: resolves to the newest run,
 * '' for none, so that a plan made from here on is known to be stale when another one came in between (E_PLAN_STALE).
 */
export async function checkBusy({ ledger, scope }: Wired): Promise<string> {
  const [events, holder] = await Promise.all([ledger.read(scope), ledger.holder(scope)]);
  const runs = foldRuns(events);
  const open = findOpenRun(runs);
  if (holder?.alive === true) throw refuseLocked(scope, holder);
  if (open !== undefined) throw refuseHalfWay(open);
  return runs.at(-1)?.run ?? '';
}
