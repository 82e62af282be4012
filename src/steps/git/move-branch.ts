import { findOwnBranch } from '../../config/find-own-branch.ts';
import { seconds } from '../../domain/duration.ts';
import { releaseOf } from '../../domain/version.ts';
import { defineStep, ReleaseError, type Runbook } from '../../kit.ts';

type Input = {
  env: string;
  branch: string;
  /** Where the plan found it; null: it is made. */
  from: string | null;
  to: string;
  /** True when commits leave the branch: `to` does not hold `from`. */
  rewrites: boolean;
  /** The version that comes; names the branch where the configuration has {version} in it. */
  version: string;
};
type Done = { branch: string; commit: string; was: string | null };

const notOurs = ({ env, branch }: Input, whose: string): ReleaseError =>
  new ReleaseError('E_DEPLOY_BRANCH', {
    what: `${branch} is not the branch of ${env} alone: it is ${whose}.`,
    why: 'A deploy moves the branch of its own unprotected environment and no other. Nothing was pushed.',
    next: `Give ${env} a branch of its own: environments.${env}.branch`,
    state: 'partly-done',
  });

/** Looked at again with the configuration of now: a run may go on with another one than it began with. */
function refuseForeign(input: Input, runbook: Runbook): void {
  const { env, branch, version } = input;
  const own = findOwnBranch(runbook, env, releaseOf(version));
  if (runbook.environments[env]?.protected !== false) throw notOurs(input, 'that of a protected environment');
  if (own.kind === 'own' && own.name === branch) return;
  throw notOurs(input, own.kind === 'shared' ? own.whose : `not the one of the configuration (${own.name})`);
}

const sayMove = ({ from, rewrites }: Input): string => {
  if (from === null) return 'made anew';
  return rewrites ? `NOT forward from ${from.slice(0, 7)}` : `forward from ${from.slice(0, 7)}`;
};

/**
 * Moves the branch that one unprotected environment is deployed from to the commit that is published there, by a push that
 * is refused when the branch is not where the plan found it. Never main, develop, a release branch or the branch of
 * another environment (E-32). Throws E_DEPLOY_BRANCH, E_PUSH_REFUSED.
 */
export const moveBranch = defineStep<'git', Input, Done>({
  id: 'git.move-branch',
  def: 1,
  needs: ['git'],
  effect: 'probeable',
  fenced: true,
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: (input) => `Move ${input.branch} to ${input.to.slice(0, 7)} (${sayMove(input)})`,
  run: async ({ git }, input, { guard, runbook, withFence }) => {
    const { branch, from, to, rewrites } = input;
    refuseForeign(input, runbook);
    await git.sync();
    const how = rewrites ? ({ rewrites: true } as const) : {};
    await withFence({ branch: to }, (more) => {
      guard();
      return git.push([{ ref: `refs/heads/${branch}`, from, to, ...how }, ...more]);
    });
    return { branch, commit: to, was: from };
  },
  inspect: async ({ git }, { branch, from, to }) => {
    const ref = `refs/heads/${branch}`;
    const now = (await git.remoteRefs([ref]))[ref];
    return now === to ? { state: 'done', done: { branch, commit: to, was: from } } : { state: 'absent' };
  },
  undo: {
    kind: 'compensate',
    how: 'move it back to where it was, if nobody has moved it since',
    run: async ({ git }, input, { branch, commit, was }, { guard, runbook }) => {
      refuseForeign(input, runbook);
      // What was not there before stays: this port deletes no branch.
      if (was === null) return;
      guard();
      await git.push([{ ref: `refs/heads/${branch}`, from: commit, to: was, rewrites: true }]);
    },
  },
});
