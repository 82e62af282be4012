import { broughtBy } from './cancel-reverts.ts';
import { type HistoryCommit, isMerge, isOwn, revertedBy } from './commit.ts';

/** How main's history comes behind a release branch. */
export type Join =
  | {
      /** The point of main whose files are merged: main itself, or what it held before it was taken back. */
      readonly asOf: string;
      /** Commits of main that took something back and are not followed, newest first. */
      readonly undone: readonly HistoryCommit[];
    }
  /** Work that stands on top of a restore cannot be told from it by a merge. */
  | { readonly blockedBy: readonly HistoryCommit[]; readonly restore: HistoryCommit };

/** What main has and the branch has not, newest first. */
type Lacked = readonly HistoryCommit[];
type Known = ReadonlyMap<string, HistoryCommit>;

const mapOf = (commits: Lacked): Known => new Map(commits.map((commit) => [commit.sha, commit]));

/** The commits of main's own line, newest first, as far as the range goes. */
function listLine(main: string, known: Known): readonly HistoryCommit[] {
  const line: HistoryCommit[] = [];
  for (let here = known.get(main); here !== undefined; here = known.get(here.parents[0] ?? ''))
    line.push(here);
  return line;
}

const takesBack = (commit: HistoryCommit, line: Lacked): boolean =>
  commit.restores !== undefined ||
  (/^revert\b/i.test(commit.subject) &&
    revertedBy(commit).some((id) => line.some((one) => one.sha.startsWith(id) && isMerge(one))));

/** True when a later release put it behind its branch without following it, or a later commit reverted it. */
const isSettled = ({ sha }: HistoryCommit, lacked: Lacked, known: Known): boolean =>
  lacked.some(
    (one) =>
      revertedBy(one).some((id) => sha.startsWith(id)) ||
      (one.prepares !== undefined && isMerge(one) && broughtBy(one, known).some((had) => had.sha === sha)),
  );

/**
 * Commits that took a release off main and still do: restores (E-30), and git's own reverts of a merge on that line, but
 * for those that a later release has passed over. Newest first.
 */
export function listTakers(main: string, lacked: Lacked): readonly HistoryCommit[] {
  const known = mapOf(lacked);
  const line = listLine(main, known);
  return line.filter((commit) => takesBack(commit, line) && !isSettled(commit, lacked, known));
}

/** True when the branch lacks nothing of it: a copy is there, or it is the program's own. */
const isHad = (commit: HistoryCommit, known: Known): boolean => {
  if (commit.isCopy === true || isOwn(commit)) return true;
  return (
    isMerge(commit) &&
    broughtBy(commit, known).every((one) => isMerge(one) || one.isCopy === true || isOwn(one))
  );
};

/**
 * How to put main behind a branch that lacks some of it, so that merging the branch gives what the branch holds (E-31): git
 * would follow a rollback's restore commit and take the release out of the branch again, without a word. `takers`: those
 * whose taking back main still shows; what was brought again since is merged like any work.
 */
export function planJoin(main: string, lacked: Lacked, takers: readonly HistoryCommit[]): Join {
  const known = mapOf(lacked);
  const line = listLine(main, known);
  const restore = takers.at(-1);
  if (restore === undefined) return { asOf: main, undone: [] };
  const above = line.slice(
    0,
    line.findIndex(({ sha }) => sha === restore.sha),
  );
  const work = above.filter((commit) => !takers.includes(commit) && !isHad(commit, known));
  if (work.length > 0) return { blockedBy: work, restore };
  return { asOf: restore.parents[0] ?? main, undone: takers };
}
