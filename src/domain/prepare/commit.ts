/** A commit with what a changelog is made of. */
export interface HistoryCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly author: string;
  /** ISO 8601, by the clock of whoever committed. */
  readonly at: string;
  /** The version whose tree a restore commit brought back (E-30). */
  readonly restores?: string;
  /** The version that a commit of `release prepare` wrote into the files. */
  readonly prepares?: string;
  /** The other side of the range has a copy of it (cherry-pick). */
  readonly isCopy?: true;
}

/** What the program itself wrote: it stands for no change of the application. */
export const isOwn = ({ restores, prepares }: HistoryCommit): boolean =>
  restores !== undefined || prepares !== undefined;

/** A commit of several lines of work. */
export const isMerge = ({ parents }: HistoryCommit): boolean => parents.length > 1;

const REVERTED = /^This reverts commit ([0-9a-f]{7,64})\b/gm;

/** Commits that this one says it takes back, as it names them. */
export const revertedBy = ({ body }: HistoryCommit): readonly string[] =>
  [...body.matchAll(REVERTED)].map(([, sha = '']) => sha);

/** The commit of a list that a full or shortened id means. */
export const findCommit = (commits: readonly HistoryCommit[], id: string): HistoryCommit | undefined =>
  commits.find(({ sha }) => sha.startsWith(id));
