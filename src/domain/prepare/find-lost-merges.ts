import { findCommit, type HistoryCommit, isMerge, revertedBy } from './commit.ts';

/** A branch that was merged, reverted and merged again: git brings only what is new on it, and is silent about the rest. */
export interface LostMerge {
  /** The first merge, whose changes are missing. */
  readonly merge: HistoryCommit;
  readonly revert: HistoryCommit;
  readonly again: HistoryCommit;
}

type Known = ReadonlyMap<string, HistoryCommit>;

/** True when `wanted` lies behind `tip`, on a way that leads through none of `without`. */
function has(tip: string, wanted: string, known: Known, without: readonly string[] = []): boolean {
  const seen = new Set<string>(without);
  const left = [tip];
  for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
    if (sha === wanted) return true;
    const commit = known.get(sha);
    if (commit === undefined || seen.has(sha)) continue;
    seen.add(sha);
    left.push(...commit.parents);
  }
  return false;
}

const isUndone = ({ sha }: HistoryCommit, commits: readonly HistoryCommit[]): boolean =>
  commits.some((one) => revertedBy(one).some((id) => sha.startsWith(id)));

/** The later merge of the same line of work on top of the revert. */
const findAgain = (
  merge: HistoryCommit,
  revert: HistoryCommit,
  commits: readonly HistoryCommit[],
  known: Known,
): HistoryCommit | undefined => {
  // Whatever began after the first merge has it behind it, and is another line of work.
  const past = [merge.sha, revert.sha];
  return commits.find(
    (one) =>
      isMerge(one) &&
      one.sha !== merge.sha &&
      has(one.parents[0] ?? '', revert.sha, known) &&
      one.parents.slice(1).some((tip) => merge.parents.slice(1).some((side) => has(tip, side, known, past))),
  );
};

/**
 * Merges whose changes a revert took out and a second merge of the same branch did not bring again (E-31). A revert that
 * was reverted itself is no trap. `commits`: newest first.
 */
export function findLostMerges(commits: readonly HistoryCommit[]): readonly LostMerge[] {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  return commits.flatMap((revert) => {
    if (isUndone(revert, commits)) return [];
    const merges = revertedBy(revert).flatMap((id) => findCommit(commits, id) ?? []);
    return merges.filter(isMerge).flatMap((merge) => {
      const again = findAgain(merge, revert, commits, known);
      return again === undefined ? [] : [{ merge, revert, again }];
    });
  });
}
