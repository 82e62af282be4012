import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import { insertSection } from '../../domain/prepare/insert-section.ts';
import { type Changes, listChanges } from '../../domain/prepare/list-changes.ts';
import { writeSection } from '../../domain/prepare/write-section.ts';
import { findSection } from '../../domain/release-notes.ts';
import { bareVersion, type Version } from '../../domain/version.ts';
import { listVersionFiles } from '../../domain/version-files/list-version-files.ts';
import { type Bump, setVersion } from '../../domain/version-files/set-version.ts';
import type { GitPort, Sha } from '../../services/git/port.ts';

type Source = Pick<Runbook['source'], 'versionFiles' | 'changelog' | 'main'>;
type Git = Pick<GitPort, 'history' | 'readFile' | 'makeCandidate' | 'makeJoin' | 'makeBringBack'>;

/** All that a candidate is made from: the same recipe gives the same ids on every machine. A type, because plans store it. */
export type Recipe = {
  version: Version;
  /** Of its tag, like `v2.2.0-rc.1`. */
  name: Version;
  base: Sha;
  /** How people call the base. */
  baseName: string;
  /** The commit of the version before; null: there is none, and all of history is new. */
  since: Sha | null;
  /** Main's history put behind the branch, with the files of main as of a commit; null: it need not be. */
  join: { main: Sha; asOf: Sha } | null;
  /** Commits that took changes out which this version holds; undone in this order. */
  bringBack: Sha[];
  /** Commits that took something back and are not followed: the changelog passes over them. */
  undone: Sha[];
  /** Of commit and tag (ISO). */
  at: string;
  /** Of the changelog's heading, like `2026-12-08`. */
  day: string;
  trailers: Record<string, string>;
  /** The section of the changelog as a person edited it; left out: as it is written from the commits. */
  section?: string;
};

export interface Candidate {
  readonly commit: Sha;
  readonly tag: Sha;
  /** The commit below version and changelog. */
  readonly head: Sha;
  readonly bump: Bump;
  /** The section that was written; undefined when the changelog had one already. */
  readonly section: string | undefined;
  readonly changes: Changes;
  readonly history: readonly HistoryCommit[];
  /** Of `bringBack` those of which something was missing. */
  readonly broughtBack: readonly Sha[];
}

const notAll = (version: Version, { problems }: Bump): ReleaseError =>
  new ReleaseError('E_VERSION_FILES', {
    what: `Not every configured file would say ${bareVersion(version)}: ${problems.join('; ')}.`,
    why: 'A place that was forgotten makes the application, or its client, say that it is the version before.',
    next: 'Correct source.versionFiles: a file may be named several times, and each place that no JSON path names needs its piece of text, like { path: packages/api/package.json, match: \'"web": "{version}"\' }.',
    state: 'untouched',
  });

/** Base, with main and what was taken back put on top of it. */
async function makeHead(
  git: Git,
  source: Source,
  recipe: Recipe,
): Promise<{ head: Sha; broughtBack: Sha[] }> {
  const { version, base, baseName, join, bringBack, at } = recipe;
  let head =
    join === null
      ? base
      : await git.makeJoin({ version, base, baseName, ...join, mainName: source.main, at });
  const broughtBack: Sha[] = [];
  for (const taken of bringBack) {
    const made = await git.makeBringBack({ version, base: head, baseName, taken, at });
    if (made === undefined) continue;
    broughtBack.push(taken);
    head = made;
  }
  return { head, broughtBack };
}

async function bumpFiles(git: Git, source: Source, head: Sha, version: Version): Promise<Bump> {
  const files = listVersionFiles(source.versionFiles);
  const paths = [...new Set(files.map(({ path }) => path))];
  const texts = await Promise.all(paths.map(async (path) => [path, await git.readFile(head, path)] as const));
  const found = texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]));
  return setVersion(files, new Map(found), bareVersion(version));
}

const hasEntries = (text: string, version: Version): boolean =>
  findSection(text, version).some((line) => /^\s*[-*]\s/.test(line));

/**
 * Makes a candidate as objects of the cache (PRE-01 to PRE-06): nothing is pushed, and no work tree is touched. Throws
 * E_VERSION_FILES when a configured file would not say the version, E_MERGE_CONFLICT, E_FILE_SHAPE.
 */
export async function buildCandidate(git: Git, source: Source, recipe: Recipe): Promise<Candidate> {
  const { version, name, since, undone, at, day, trailers } = recipe;
  const { head, broughtBack } = await makeHead(git, source, recipe);
  const passed = new Set([...undone, ...broughtBack]);
  const all = await git.history(since ?? undefined, head);
  // What went out as a copy is not told a second time.
  const history = all.filter(({ sha, isCopy }) => !passed.has(sha) && isCopy !== true);
  const changes = listChanges(history);
  const bump = await bumpFiles(git, source, head, version);
  if (bump.problems.length > 0) throw notAll(version, bump);
  const before = await git.readFile(head, source.changelog);
  const isWritten = hasEntries(before ?? '', version);
  const { section: edited } = recipe;
  const section = isWritten ? undefined : (edited ?? writeSection(bareVersion(version), day, changes));
  const files = [
    ...bump.files.filter(({ isChanged }) => isChanged).map(({ path, text }) => ({ path, text })),
    ...(section === undefined
      ? []
      : [{ path: source.changelog, text: insertSection(before, section, edited !== undefined) }]),
  ];
  const made = await git.makeCandidate({ version, name, base: head, files, at, trailers });
  return { ...made, head, bump, section, changes, history, broughtBack };
}
