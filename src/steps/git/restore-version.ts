import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep, type Services } from '../../kit.ts';
import { holdsCommit } from './holds-commit.ts';
import { refuseMovedMain } from './refuse-moved-main.ts';

type Input = {
  mainBranch: string;
  version: Version;
  main: string;
  at: string;
  reason: string;
  covers?: string[];
};

const PLAN_AGAIN =
  'Run the rollback again instead of resuming it: it plans anew, and says what came to the branch since.';

/** Somebody was quicker: main has the tree already, by hand or by another run. */
async function findThere(
  git: Services['git'],
  { mainBranch, version }: Pick<Input, 'mainBranch' | 'version'>,
): Promise<string | undefined> {
  const [now, tag] = await Promise.all([git.branchTip(mainBranch), git.tag(version)]);
  if (now === undefined || tag === undefined) return undefined;
  return (await git.sameTree(now, tag.commit)) ? now : undefined;
}

/**
 * A commit on top of main whose tree is that of the earlier version, pushed as a fast-forward: history is kept and
 * nothing is forced (E-30, E-32; RBX-3Ab).
 */
export const restoreVersion = defineStep<'git', Input, { commit: string }>({
  id: 'git.restore-version',
  def: 1,
  needs: ['git'],
  effect: 'probeable',
  fenced: true,
  askedBeside: true,
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: ({ mainBranch, version }) => `Put the tree of ${version} on top of ${mainBranch}`,
  run: async ({ git }, { mainBranch, ...order }, { guard, tell, withFence }) => {
    await git.sync();
    const there = await findThere(git, { mainBranch, version: order.version });
    if (there !== undefined) {
      tell(`${mainBranch} has the tree already, at ${there.slice(0, 7)}`);
      return { commit: there };
    }
    await refuseMovedMain(git, { mainBranch, main: order.main }, PLAN_AGAIN);
    const { commit } = await git.makeRestore(order);
    await withFence({ main: commit }, (more) => {
      guard();
      return git.push([{ ref: `refs/heads/${mainBranch}`, from: order.main, to: commit }, ...more]);
    });
    return { commit };
  },
  inspect: async ({ git }, { mainBranch, ...order }) => {
    await git.sync();
    const { commit } = await git.makeRestore(order);
    const ref = `refs/heads/${mainBranch}`;
    const now = (await git.remoteRefs([ref]))[ref];
    return (await holdsCommit(git, now, commit)) ? { state: 'done', done: { commit } } : { state: 'absent' };
  },
  undo: {
    kind: 'irreversible',
    because: 'it is on the shared branch',
    instead: 'release the next version; it starts from a fresh branch',
  },
});
