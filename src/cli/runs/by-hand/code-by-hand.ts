import { join, resolve } from 'node:path';
import type { PlannedStep } from '../../../domain/plan.ts';
import { isLocal } from '../../../services/git/run-git.ts';
import { splitAddress } from '../../../services/git/split-address.ts';
import { type ByHand, inputOf, quote, type Stopped } from './by-hand.ts';

/** A remote that is named in the checkout needs it; an address is reached from our own copy of the code. */
const isName = (remote: string): boolean => !isLocal(remote) && !remote.includes(':');

/** A path beside the checkout, as a shell elsewhere needs it. */
const wholePath = (remote: string, root: string): string =>
  remote.startsWith('.') ? resolve(root, remote) : remote;

/** How git is called where it knows the code, and the remote as it is told: without anything secret. */
export function gitOf({ runbook, root }: Pick<Stopped, 'runbook' | 'root'>) {
  const { remote } = runbook.source;
  const copy = join(root, '.release', 'git');
  return {
    /** Knows every commit that this machine has seen. */
    copy: `git --git-dir=${quote(copy)}`,
    /** May ask the remote. */
    git: isName(remote) ? `git -C ${quote(root)}` : `git --git-dir=${quote(copy)}`,
    remote: quote(splitAddress(wholePath(remote, root)).url),
  };
}

/** The restore commit by hand: the earlier tree on top of whatever main is then, and a push that forces nothing. */
export function codeByHand(entry: PlannedStep, stopped: Stopped): readonly ByHand[] {
  const { git, remote } = gitOf(stopped);
  const { mainBranch, version } = inputOf(entry) as { mainBranch: string; version: string };
  const tree = `refs/tags/${version}^{tree}`;
  const trailer = `Restored-Version: ${version}`;
  const commit = `$(${git} commit-tree ${quote(tree)} -p FETCH_HEAD -m ${quote(`Restore ${version}`)} -m ${quote(trailer)})`;
  return [
    {
      says: `put the tree of ${version} on top of ${mainBranch}, as soon as the remote answers`,
      line: `${git} fetch -q ${remote} ${quote(mainBranch)} tag ${quote(version)} && ${git} push ${remote} "${commit}:refs/heads/${mainBranch}"`,
    },
  ];
}
