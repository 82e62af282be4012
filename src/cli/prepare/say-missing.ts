import { ReleaseError } from '../../domain/failure.ts';
import type { Wired } from '../wired.ts';

const noBranch = (branch: string): ReleaseError =>
  new ReleaseError('E_NO_BRANCH', {
    what: `The remote has no branch ${branch}.`,
    next: 'Push it, name another one with --from, or correct source.develop and source.main.',
    state: 'untouched',
  });

const onlyAPart = (branch: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `The remote has ${branch}, and only a part of its history: it is a shallow clone itself.`,
    why: 'Nothing could say which commits are new, or whether one was taken back.',
    next: 'Name the repository that has it all under source.remote, or complete that one: git fetch --unshallow',
    state: 'untouched',
  });

/** Why a branch is not in the cache: git leaves out, without a word, what hangs on a history that was cut off. */
export async function sayMissing({ services: { git } }: Wired, branch: string): Promise<ReleaseError> {
  const ref = `refs/heads/${branch}`;
  return (await git.remoteRefs([ref]))[ref] === undefined ? noBranch(branch) : onlyAPart(branch);
}
