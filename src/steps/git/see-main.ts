import { seconds } from '../../domain/duration.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

type Input = { mainBranch: string; main: string };

const moved = (branch: string, now: string | undefined, planned: string): ReleaseError =>
  new ReleaseError('E_PLAN_STALE', {
    what: `${branch} is at ${now?.slice(0, 7) ?? 'nothing'}, not at ${planned.slice(0, 7)} any more.`,
    why: 'A run that was pushed aside, or somebody else, moved it after this plan was made.',
    next: 'Run the same command again; it makes a new plan.',
    state: 'partly-done',
  });

/**
 * Sees that the branch is still where the plan found it: a rollback does not wait for the deploy that it pushes
 * aside, whose last push may have landed since.
 */
export const seeMain = defineStep<'git', Input, { main: string }>({
  id: 'git.see-main',
  def: 1,
  needs: ['git'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(60),
  stop: 'safe',
  notes: true,
  title: ({ mainBranch, main }) => `See that ${mainBranch} is still at ${main.slice(0, 7)}`,
  run: async ({ git }, { mainBranch, main }) => {
    const ref = `refs/heads/${mainBranch}`;
    const now = (await git.remoteRefs([ref]))[ref];
    if (now !== main) throw moved(mainBranch, now, main);
    return { main };
  },
  undo: { kind: 'nothing' },
});
