import { broughtBy, cancelReverts, type TakenBack } from './cancel-reverts.ts';
import { findCommit, type HistoryCommit, isMerge, isOwn } from './commit.ts';
import { type Header, readHeader } from './read-header.ts';

export type ChangeKind = 'breaking' | 'features' | 'fixes' | 'other';

/** One line of a changelog. */
export interface Change extends Header {
  readonly kind: ChangeKind;
  /** The commit, and copies of it that are in the release as well. */
  readonly commits: readonly string[];
  /** Pull requests that brought it and are not named in its text. */
  readonly pulls: readonly number[];
}

/** What was written and is not in the release. */
export interface BackLine {
  readonly text: string;
  readonly commit: string;
  readonly by: string;
  readonly pulls: readonly number[];
}

export interface Changes {
  /** Newest first. */
  readonly changes: readonly Change[];
  /** What was written and taken back before it went out. */
  readonly takenBack: readonly BackLine[];
  /** Pull requests of the range that no line names: their merges brought nothing that is still in. */
  readonly otherPulls: readonly number[];
  /** Commits whose subject keeps to no convention. */
  readonly untyped: number;
}

const PULLS = /(?:\(#|pull request #)(\d{1,9})\b/g;

/** Pull requests that a subject names: `feat: export (#42)`, `Merge pull request #42 from …`. */
export const pullsIn = (subject: string): readonly number[] =>
  [...subject.matchAll(PULLS)].map(([, number]) => Number(number));

const COPIED = /^\(cherry picked from commit ([0-9a-f]{7,64})\)/m;

function kindOf({ type, isBreaking }: Header): ChangeKind {
  if (isBreaking) return 'breaking';
  if (type === 'feat' || type === 'feature') return 'features';
  return type === 'fix' ? 'fixes' : 'other';
}

/** Which pull requests brought each commit, by the merges that name one. */
function findPulls(commits: readonly HistoryCommit[]): ReadonlyMap<string, readonly number[]> {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const found = new Map<string, number[]>();
  for (const merge of commits.filter(isMerge)) {
    const pulls = pullsIn(merge.subject);
    if (pulls.length === 0) continue;
    for (const { sha } of broughtBy(merge, known)) found.set(sha, [...(found.get(sha) ?? []), ...pulls]);
  }
  return found;
}

/** The commit that this one is a copy of, when that is in the release too. */
function originOf({ body, sha }: HistoryCommit, commits: readonly HistoryCommit[]): string | undefined {
  const id = COPIED.exec(body)?.[1];
  const origin = id === undefined ? undefined : findCommit(commits, id);
  return origin?.sha === sha ? undefined : origin?.sha;
}

const tellBack = (
  { commit, by }: TakenBack,
  othersOf: (commit: HistoryCommit) => readonly number[],
): BackLine => ({
  text: readHeader(commit).text,
  commit: commit.sha,
  by: by.sha,
  pulls: [...new Set([commit, by].flatMap((one) => [...othersOf(one), ...pullsIn(one.subject)]))],
});

/**
 * The changes of a range (PRE-05), newest first: every commit that is no merge is in a line of its own, in that of the
 * commit it was copied from, or among those that were taken back. `commits`: the whole range, newest first.
 */
export function listChanges(commits: readonly HistoryCommit[]): Changes {
  const { kept, takenBack } = cancelReverts(commits);
  const pulls = findPulls(commits);
  const others = ({ sha, subject }: HistoryCommit): readonly number[] => {
    const named = pullsIn(subject);
    return [...new Set(pulls.get(sha) ?? [])].filter((pull) => !named.includes(pull)).sort((a, b) => a - b);
  };
  const work = kept.filter((commit) => !isMerge(commit) && !isOwn(commit));
  const copies = new Map(work.map((commit) => [commit.sha, originOf(commit, work)]));
  const isFirst = ({ sha }: HistoryCommit): boolean => copies.get(sha) === undefined;
  const changes = work.filter(isFirst).map((commit): Change => {
    const header = readHeader(commit);
    const same = work.filter(({ sha }) => copies.get(sha) === commit.sha).map(({ sha }) => sha);
    return { ...header, kind: kindOf(header), commits: [commit.sha, ...same], pulls: others(commit) };
  });
  const back = takenBack.filter(({ commit }) => !isOwn(commit)).map((one) => tellBack(one, others));
  const named = new Set([
    ...changes.flatMap(({ text, pulls }) => [...pulls, ...pullsIn(text)]),
    ...back.flatMap((one) => one.pulls),
  ]);
  const all = new Set(commits.flatMap(({ subject }) => pullsIn(subject)));
  return {
    changes,
    takenBack: back,
    otherPulls: [...all].filter((pull) => !named.has(pull)).sort((a, b) => a - b),
    untyped: changes.filter(({ type }) => type === undefined).length,
  };
}
