import { readVersion, type Version } from '../../domain/version.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';
import type { TagFacts } from '../../services/git/port.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import { whyNoTag } from '../facts/why-no-tag.ts';
import type { Wired } from '../wired.ts';
import { readMove } from './read-move.ts';

/** The code of a rollback that leaves main alone. */
interface TrialCode
  extends Pick<RollbackFacts, 'main' | 'treeIsThere' | 'isCodeAway' | 'commit' | 'covers' | 'trial'> {
  readonly tag: TagFacts;
  readonly later: readonly [];
}

/**
 * What a rollback publishes where candidates are tried: the commit of the tag, and perhaps the environment's own branch at
 * it. Main, which production is released from, stays as it is. Throws E_VERSION_UNKNOWN, E_DEPLOY_BRANCH.
 */
export async function readTrialCode(wired: Wired, to: Version): Promise<TrialCode> {
  const { services, runbook, codeAway } = wired;
  const [tag, main = ''] = await Promise.all([
    services.git.tag(to),
    services.git.branchTip(runbook.source.main),
  ]);
  if (tag === undefined) throw await whyNoTag(wired, to);
  const { commit } = tag;
  const isCodeAway = codeAway !== undefined;
  // A branch that cannot be asked for is not moved either; the host publishes what it has built before.
  const trial = isCodeAway ? {} : await readMove({ version: to, commit }, wired);
  return { tag, main, treeIsThere: true, isCodeAway, commit, covers: [], later: [], trial };
}

const FULL = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The commit whose migrations the database may have: that of the last deploy here, else of what runs. */
export async function findTriedCommit(
  { ledger, scope, isBlind }: Pick<Wired, 'ledger' | 'scope' | 'isBlind'>,
  live: LiveVersion | undefined,
): Promise<string | undefined> {
  const runs = isBlind ? [] : foldRuns(await ledger.read(scope));
  const tried = runs.findLast(({ plan }) => plan.command === 'deploy')?.plan.basis.commit;
  if (typeof tried === 'string') return tried;
  return live?.commit !== undefined && FULL.test(live.commit) ? live.commit : undefined;
}

/** Every tag that could be gone back to here, candidates included, newest first. */
export const listTried = async ({ services }: Pick<Wired, 'services'>): Promise<readonly Version[]> =>
  (await services.git.versions()).filter((name) => readVersion(name) !== undefined);
