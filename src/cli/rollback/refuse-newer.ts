import { ReleaseError } from '../../domain/failure.ts';
import { compareReleases, type Version } from '../../domain/version.ts';
import { findLive, foldRuns } from '../../ledger/fold.ts';
import type { RollbackStanding } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

const notEarlier = (to: Version, live: string, isSaid: boolean): ReleaseError =>
  new ReleaseError('E_NOT_EARLIER', {
    what: `${to} is newer than ${live}, which is live${isSaid ? '' : ' by the ledger; the application itself does not say'}.`,
    why: 'A rollback goes back; a newer version goes through the gate.',
    next: `release deploy ${to}`,
    state: 'untouched',
  });

/**
 * Nothing newer than what is live goes past the gate. While the application does not answer, the ledger's last completed
 * version counts; before there is one, the version that the last run left.
 */
export async function refuseNewer(
  to: Version,
  { facts }: RollbackStanding,
  { ledger, scope }: Wired,
): Promise<void> {
  const isSaid = facts.from !== '';
  const runs = isSaid ? [] : foldRuns(await ledger.read(scope));
  const before = findLive(runs)?.version ?? runs.findLast(({ plan }) => plan.from !== '')?.plan.from;
  const live = isSaid ? facts.from : before;
  if (live === undefined || compareReleases(to, live) <= 0) return;
  throw notEarlier(to, live, isSaid);
}
