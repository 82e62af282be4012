import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';

/** The newest run that changed the environment, '' for none: sign-offs of decision 1 are given after it, and the next one uses them up. */
export const findNewestRun = (events: readonly LedgerEvent[]): string =>
  foldRuns(events).findLast(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback')?.run ??
  '';
