import { isReleaseError } from '../../domain/failure.ts';
import type { LedgerMirror, MirrorView } from '../ledger-mirror.ts';
import { proveScope } from '../ledger-scope.ts';
import { GitChain } from './git-chain.ts';
import { refuseNotPutBack, refuseUnreachable } from './git-refusals.ts';
import { type GitRemote, type RemoteCommit, refOf } from './git-remote.ts';

const countEntries = (commits: readonly RemoteCommit[]): number | undefined =>
  commits.some(({ message }) => message === undefined)
    ? undefined
    : commits.flatMap(({ message = '' }) => message.split('\n')).filter((line) => line !== '').length;

async function hear(remote: GitRemote, scope: string): ReturnType<GitRemote['hear']> {
  try {
    return await remote.hear(refOf(remote, scope));
  } catch (error) {
    throw isReleaseError(error, 'E_GIT') ? refuseUnreachable(remote, error) : error;
  }
}

/** Whether what the remote has now goes on from the chain, so that every reader takes it. */
function follows(chain: GitChain, commits: readonly RemoteCommit[], head: string): boolean {
  try {
    chain.take(commits, head);
    return true;
  } catch (error) {
    if (isReleaseError(error)) return false;
    throw error;
  }
}

async function compare(remote: GitRemote, scope: string): Promise<MirrorView | undefined> {
  const mirror = await remote.seen(refOf(remote, proveScope(scope)));
  if (mirror === undefined) return undefined;
  const chain = new GitChain(scope, remote);
  chain.take(await remote.after(undefined, mirror), mirror);
  const known = { scope, mirror, seen: chain.events.length, seenAt: chain.events.at(-1)?.at ?? '' };
  const found = await hear(remote, scope);
  if (found === undefined) return { ...known, there: 'gone', lost: known.seen, foreign: 0 };
  const head = found.id;
  if (found.kind !== 'commit')
    return { ...known, there: 'other', lost: known.seen, foreign: undefined, head };
  const fresh = head === mirror ? [] : await remote.after(mirror, head);
  if (head === mirror || follows(chain, fresh, head))
    return { ...known, there: 'follows', lost: 0, foreign: 0, head };
  const lost = countEntries(await remote.after(head, mirror)) ?? known.seen;
  return { ...known, there: 'other', lost, foreign: countEntries(fresh), head };
}

async function putBack(remote: GitRemote, { scope, head, mirror }: MirrorView): Promise<string | undefined> {
  const aside = head === undefined ? undefined : await remote.keepAside(refOf(remote, scope), head);
  const end = await remote.push(refOf(remote, scope), head, mirror);
  if (end.end === 'taken') return aside;
  const why = end.end === 'moved' ? 'it has changed since it was compared' : end.why;
  throw refuseNotPutBack(remote, why, end.end === 'unclear');
}

/** What this machine saw of the refs, for F50 and F51: it is compared by anybody, and put back only on a person's word. */
export const makeGitMirror = (remote: GitRemote): LedgerMirror => ({
  compare: (scope) => compare(remote, scope),
  putBack: (view) => putBack(remote, view),
});
