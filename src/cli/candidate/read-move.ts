import { findOwnBranch } from '../../config/find-own-branch.ts';
import type { HostTarget } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { releaseOf, type Version } from '../../domain/version.ts';
import type { BranchMove } from '../../plans/move-own-branch.ts';
import type { CandidateFacts } from '../../plans/plan-candidate.ts';
import { sayCommit } from '../facts/find-later-commits.ts';
import type { Wired } from '../wired.ts';

const followsAnother = (
  env: string,
  { name, tip, commit }: { readonly name: string; readonly tip: string | undefined; readonly commit: string },
  whose: string,
): ReleaseError =>
  new ReleaseError('E_DEPLOY_BRANCH', {
    what: `${env} publishes ${name}, which is ${whose} and at ${tip?.slice(0, 7) ?? 'nothing'}, not at ${commit.slice(0, 7)}.`,
    why: 'Nothing here moves a branch that is not of this environment alone.',
    next: `Give ${env} a branch of its own (environments.${env}.branch), or let the host publish {commit}.`,
    state: 'untouched',
  });

/** True when the platform publishes whatever is at the tip of the environment's branch. */
const publishesTip = (host: HostTarget | undefined): boolean =>
  host?.strategy === 'push' ||
  (host?.strategy === 'github-workflow' &&
    !Object.values(host.inputs).some((text) => text.includes('{commit}')));

/**
 * How the environment's branch gets to the commit, if it is this environment's to move, or which branch the platform follows
 * instead. Throws E_DEPLOY_BRANCH where it would publish another commit.
 */
export async function readMove(
  { commit, version }: { readonly commit: string; readonly version: Version },
  { services: { git }, runbook, env, environment }: Wired,
): Promise<Pick<CandidateFacts, 'move' | 'follows'>> {
  const branch = findOwnBranch(runbook, env, releaseOf(version));
  const tip = await git.branchTip(branch.name);
  if (branch.kind !== 'own') {
    if (!publishesTip(environment.host)) return {};
    if (tip === commit) return { follows: branch.name };
    const whose = branch.kind === 'release' ? 'the release branch' : branch.whose;
    throw followsAnother(env, { name: branch.name, tip, commit }, whose);
  }
  if (tip === commit) return {};
  const isForward = tip === undefined || (await git.contains(commit, tip));
  const leaves = isForward ? [] : (await git.commitsBetween(commit, tip)).map(sayCommit);
  const move: BranchMove = { branch: branch.name, from: tip ?? null, leaves };
  return { move };
}
