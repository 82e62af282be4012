import { oneLine } from '../../domain/screen-text.ts';
import type { CommitLine, GitPort, TagFacts } from '../../services/git/port.ts';
import { listReleased } from './list-released.ts';

type History = Pick<GitPort, 'versions' | 'tag' | 'contains' | 'ownCommits'>;

const LONGEST_SUBJECT = 60;

/** A commit as people know it again: `3f2a1bc "Fix the login" by Robin Example`. */
export const sayCommit = ({ sha, subject, author }: CommitLine): string =>
  `${sha.slice(0, 7)} "${oneLine(subject, LONGEST_SUBJECT)}" by ${oneLine(author, 40)}`;

/** The newest release that main holds; undefined when it holds none. */
async function findLastRelease(git: History, main: string): Promise<TagFacts | undefined> {
  for (const version of await listReleased(git)) {
    const tag = await git.tag(version);
    if (tag !== undefined && (await git.contains(main, tag.commit))) return tag;
  }
  return undefined;
}

/**
 * Commits that came to main behind its last release, or behind the restore commit of a rollback, newest first. No
 * version has them; a restore commit takes their change out of the tree, and leaves them in the history (E-32).
 */
export async function findLaterCommits(git: History, main: string): Promise<readonly CommitLine[]> {
  const last = await findLastRelease(git, main);
  if (last === undefined) return [];
  const commits = await git.ownCommits(last.commit, main);
  const restored = commits.findIndex(({ restores }) => restores !== undefined);
  return restored < 0 ? commits : commits.slice(0, restored);
}

/** True when main stands on this release and got none that is newer: a deploy that ended before its push. */
export async function holdsNothingNewer(git: History, main: string, tag: TagFacts): Promise<boolean> {
  return (await findLastRelease(git, main))?.commit === tag.commit;
}
