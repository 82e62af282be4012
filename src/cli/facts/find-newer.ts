import { compareReleases, readVersion } from '../../domain/version.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';
import type { GitPort } from '../../services/git/port.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import { findTriedCommit } from '../candidate/read-trial-code.ts';
import type { Wired } from '../wired.ts';
import { branchOf, listPrepared } from './find-release.ts';
import { listReleased } from './list-released.ts';

/**
 * Tip of the branch whose deploy was the last one and ended before its tag was pushed: its migrations may be in the
 * database although no released version knows them.
 */
async function findUnreleased({
  ledger,
  scope,
  services,
  runbook,
  isBlind,
}: Wired): Promise<string | undefined> {
  if (isBlind) return findPrepared(services.git, runbook);
  const last = foldRuns(await ledger.read(scope)).findLast(({ plan }) => plan.command === 'deploy');
  const version = readVersion(last?.plan.version ?? '');
  if (version === undefined || (await services.git.tag(version)) !== undefined) return undefined;
  return services.git.branchTip(branchOf(runbook, version));
}

/** Nobody knows whether it was begun; of its migrations only those count that the database has. */
async function findPrepared(git: GitPort, runbook: Wired['runbook']): Promise<string | undefined> {
  const [newest] = await listPrepared(git, runbook);
  return newest && git.branchTip(branchOf(runbook, newest));
}

async function findNewestTagged(git: GitPort): Promise<string | undefined> {
  const [newest] = [...(await listReleased(git))].sort((a, b) => compareReleases(b, a));
  return newest && (await git.tag(newest))?.commit;
}

/** The newest commit whose migrations the database may have. */
export async function findNewer(
  wired: Wired,
  live: LiveVersion | undefined,
  { main, trial }: Pick<RollbackFacts, 'main' | 'trial'>,
): Promise<string> {
  const tried = trial === undefined ? undefined : await findTriedCommit(wired, live);
  return tried ?? (await findUnreleased(wired)) ?? (await findNewestTagged(wired.services.git)) ?? main;
}
