import { findCommit, type HistoryCommit, isMerge, revertedBy } from './commit.ts';

/** A commit that is not in the release, and the one that took it back. */
export interface TakenBack {
  readonly commit: HistoryCommit;
  readonly by: HistoryCommit;
}

/** What of a range is in the release, newest first, and what its own reverts took out again. */
export interface Uncancelled {
  readonly kept: readonly HistoryCommit[];
  readonly takenBack: readonly TakenBack[];
}

/** A commit that does nothing but to take others back; one that brings something as well stays in the list. */
const isPureRevert = ({ subject }: HistoryCommit): boolean => /^(?:revert|reapply)\b/i.test(subject);

type Known = ReadonlyMap<string, HistoryCommit>;

function reachFrom(starts: readonly string[], known: Known): Set<string> {
  const seen = new Set<string>();
  const left = [...starts];
  for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
    if (seen.has(sha)) continue;
    const commit = known.get(sha);
    if (commit === undefined) continue;
    seen.add(sha);
    left.push(...commit.parents);
  }
  return seen;
}

/** Commits of the range that a merge brought: those of its other lines that its first line does not have. */
export function broughtBy(merge: HistoryCommit, known: Known): readonly HistoryCommit[] {
  const [first = '', ...others] = merge.parents;
  const before = reachFrom([first], known);
  return [...reachFrom(others, known)]
    .filter((sha) => !before.has(sha))
    .flatMap((sha) => known.get(sha) ?? []);
}

/** A revert of a merge takes back all that the merge brought. */
const withBrought = (commit: HistoryCommit, known: Known): readonly HistoryCommit[] =>
  isMerge(commit) ? [commit, ...broughtBy(commit, known)] : [commit];

/** What a commit takes out of the range; a restore takes all that came before it, back to the version it restores. */
function takenBy(
  by: HistoryCommit,
  commits: readonly HistoryCommit[],
  known: Known,
): readonly HistoryCommit[] {
  if (by.restores !== undefined)
    return [...reachFrom(by.parents, known)].flatMap((sha) => known.get(sha) ?? []);
  if (!isPureRevert(by)) return [];
  const named = revertedBy(by).flatMap((id) => findCommit(commits, id) ?? []);
  return named.filter(({ sha }) => sha !== by.sha).flatMap((one) => withBrought(one, known));
}

/**
 * Pairs of a commit and its revert are left out, from the newest on: a revert that was reverted takes nothing back. A
 * revert of something that went out earlier is a change like any other. `commits`: newest first.
 */
export function cancelReverts(commits: readonly HistoryCommit[]): Uncancelled {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const out = new Map<string, TakenBack>();
  const spent = new Set<string>();
  for (const by of commits) {
    const taken = out.has(by.sha) ? [] : takenBy(by, commits, known);
    if (taken.length > 0) spent.add(by.sha);
    for (const commit of taken) if (!out.has(commit.sha)) out.set(commit.sha, { commit, by });
  }
  // A revert that was taken back itself leaves no trace: what it had taken is in again.
  const isWork = (commit: HistoryCommit): boolean =>
    !isMerge(commit) && takenBy(commit, commits, known).length === 0;
  return {
    kept: commits.filter(({ sha }) => !out.has(sha) && !spent.has(sha)),
    takenBack: [...out.values()].filter(({ commit }) => isWork(commit)),
  };
}
