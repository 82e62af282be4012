import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep } from '../../kit.ts';

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
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: ({ mainBranch, version }) => `Put the tree of ${version} on top of ${mainBranch}`,
  run: async ({ git }, { mainBranch, ...order }, { guard }) => {
    await git.sync();
    const { commit } = await git.makeRestore(order);
    guard();
    await git.push([{ ref: `refs/heads/${mainBranch}`, from: order.main, to: commit }]);
    return { commit };
  },
  inspect: async ({ git }, { mainBranch, ...order }) => {
    await git.sync();
    const { commit } = await git.makeRestore(order);
    const ref = `refs/heads/${mainBranch}`;
    const now = (await git.remoteRefs([ref]))[ref];
    if (now === commit) return { state: 'done', done: { commit } };
    if (now === order.main) return { state: 'absent' };
    return {
      state: 'unclear',
      said: `${mainBranch} moved to ${now?.slice(0, 7) ?? 'nothing'}, which this run did not make`,
    };
  },
  undo: {
    kind: 'irreversible',
    because: 'it is on the shared branch',
    instead: 'release the next version; it starts from a fresh branch',
  },
});
