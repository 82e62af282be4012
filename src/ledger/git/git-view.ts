import { proveScope } from '../ledger-scope.ts';
import type { RecordPoint, RecordView } from '../record-view.ts';
import { GitMirror } from './git-mirror.ts';
import type { GitRemote } from './git-remote.ts';

/**
 * The record of a git ledger. The id of a commit stands for everything before it, so that a chain that goes on from the
 * one that was proven is proven from there on; any other as a whole. Throws what `look` of the ledger throws.
 */
export function viewGit(remote: GitRemote, scope: string): RecordView {
  const since = async (known: RecordPoint | undefined) => {
    const mirror = new GitMirror(proveScope(scope), remote);
    const follows = known !== undefined && (await mirror.beginBehind(known));
    const unreached = await mirror.tryFollow();
    const { head, end, epoch, events } = mirror.chain;
    const point = head === undefined ? undefined : { ...end, epoch, mark: { head } };
    return {
      follows,
      events,
      ...(point ? { point } : {}),
      ...(unreached ? { unreached: unreached.text.what } : {}),
    };
  };
  return { since };
}
