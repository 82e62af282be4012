import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep } from '../../kit.ts';
import { holdsCommit } from './holds-commit.ts';
import { refuseMovedMain } from './refuse-moved-main.ts';

type Input = { mainBranch: string; version: Version; main: string; at: string; reason: string };

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
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: ({ mainBranch, version }) => `Put the tree of ${version} on top of ${mainBranch}`,
  run: async ({ git }, { mainBranch, ...order }, { guard, withFence }) => {
    await git.sync();
    await refuseMovedMain(git, { mainBranch, main: order.main });
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
