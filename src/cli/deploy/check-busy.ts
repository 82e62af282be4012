import { refuseHalfWay } from '../../engine/start-run.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import type { CliContext } from '../context.ts';
import type { LockChoice } from '../runs/lock-choice.ts';
import { waitForLock } from '../runs/wait-for-lock.ts';
import type { Wired } from '../wired.ts';

/**
 * Refuses early, before anything is asked of the world or of a person: somebody is at work (E_LOCKED), or an earlier
 * run is half way (E_RUN_OPEN). The lock itself is taken later, and only that is binding: resolves to the newest run,
 * '' for none, so that a plan made from here on is known to be stale when another one came in between (E_PLAN_STALE).
 */
export async function checkBusy(
  wired: Pick<Wired, 'ledger' | 'scope' | 'clock'>,
  choice: LockChoice,
  context: Pick<CliContext, 'out' | 'stop'>,
): Promise<string> {
  const { ledger, scope } = wired;
  // Beside the first look for the holder, so that a store that is far away is asked once.
  const asked = ledger.read(scope);
  asked.catch(() => undefined);
  const hasWaited = await waitForLock(wired, choice, context);
  const runs = foldRuns(await (hasWaited ? ledger.read(scope) : asked));
  const open = findOpenRun(runs);
  if (open !== undefined) throw refuseHalfWay(open);
  return runs.at(-1)?.run ?? '';
}
