import type { RemoteCommit } from './git-remote.ts';

/** What is wrong with commits that should follow the last one that was taken; `index` is the first bad one. */
export type LineFault =
  | { readonly fault: 'rewritten' }
  | { readonly fault: 'damaged'; readonly why: string; readonly index: number };

const isUnread = ({ message }: RemoteCommit): boolean => message === undefined;

/** None of them hangs on `known`: what was seen is not a part of what is there (F50). */
const leaves = (known: string, commits: readonly RemoteCommit[]): boolean =>
  !commits.some(isUnread) && !commits.some(({ parents }) => parents.includes(known));

function findBad(commits: readonly RemoteCommit[], known: string): LineFault | undefined {
  let before = known;
  for (const [index, commit] of commits.entries()) {
    const name = `commit ${commit.id.slice(0, 12)}`;
    if (isUnread(commit)) return { fault: 'damaged', why: `${name} is larger than any entry`, index };
    if (commit.parents.join(' ') !== before)
      return { fault: 'damaged', why: `${name} is not the next one of a line`, index };
    before = commit.id;
  }
  return undefined;
}

/** Whether commits are one line from behind `known` to `head`; undefined when they are. */
export function judgeLine(
  commits: readonly RemoteCommit[],
  known: string | undefined,
  head: string,
): LineFault | undefined {
  if (known !== undefined && head !== known && leaves(known, commits)) return { fault: 'rewritten' };
  return findBad(commits, known ?? '');
}
