import type { Wired } from '../wired.ts';
import type { RehearsedWay } from './read-way.ts';
import type { Tried } from './time-part.ts';

const short = (sha: string): string => sha.slice(0, 7);

function sayUntried(wired: Wired, to: string): readonly string[] {
  if (!wired.configured.has('host')) return [];
  const { publish, strategy } = wired.services.host.can(wired.env);
  const who = publish ? `publishing ${to} (${strategy})` : `publishing ${to}: a person does it`;
  return [
    `${who}; the host does not say which builds it keeps`,
    'rules of the remote for pushes that it receives',
  ];
}

/**
 * Makes the restore commit in the program's own clone and proves that it is the earlier tree on top of main, and that the
 * remote would take it as a fast-forward. Nothing is sent (RBX-3Ab; E-30, E-32).
 */
export async function tryCode(wired: Wired, { ends, facts }: RehearsedWay): Promise<Tried> {
  const { git } = wired.services;
  const { main: mainBranch } = wired.runbook.source;
  const { to, main, at, reason, covers, treeIsThere } = facts;
  const notTried = sayUntried(wired, to);
  if (treeIsThere)
    return {
      outcome: 'ok',
      said: `${mainBranch} stays (${short(main)}); ${to} is published again`,
      notTried,
    };
  const { commit } = await git.makeRestore({ version: to, main, at, reason, covers });
  const isTree = await git.sameTree(commit, ends.to.commit);
  const isForward = await git.contains(commit, main);
  if (!isTree || !isForward)
    return { outcome: 'not', said: `the restore commit is not ${to} on top of ${mainBranch}`, notTried };
  const tip = await git.branchTip(mainBranch);
  await git.tryPush([{ ref: `refs/heads/${mainBranch}`, from: tip ?? null, to: commit }]);
  const onTop = ends.isLive ? mainBranch : `the merge of ${ends.from}`;
  return {
    outcome: 'ok',
    said: `the restore commit has the tree of ${to} (${short(ends.to.commit)}) on top of ${onTop}; the remote would take it as a fast-forward`,
    notTried,
  };
}
