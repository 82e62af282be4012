import { changeNotes, makeTree, type Tree } from '../files/make-tree.ts';
import { packageFiles } from '../files/package-files.ts';
import { listVersions, type SeedVersion } from '../files/versions.ts';
import { migrationFiles } from '../migrations/migration-files.ts';
import { type CommitOrder, type Person, writeBranchEnd, writeCommit, writeTag } from './write-stream.ts';

/** Ids the next part of the history stands on. */
export interface Tips {
  readonly main: string;
  readonly develop: string;
}

const ROBIN: Person = { name: 'Robin Example', email: 'robin@example.com' };
const JO: Person = { name: 'Jo Example', email: 'jo@example.com' };

/** Who merges and tags; the identity of runbook.config.yaml. */
export const RELEASER: Person = { name: 'RuR2 Release', email: 'release@example.com' };

const HOUR = 3600;

/** Seconds since 1970 of an hour (UTC) some days after a version's day. */
const at = ({ day }: SeedVersion, days: number, hour: number): number =>
  Date.parse(`${day}T00:00:00Z`) / 1000 + (days * 24 + hour) * HOUR;

/** New packages, under the number of the version before; none where they stay as they are. */
function listPackages(version: SeedVersion): readonly { subject: string; adds: Tree }[] {
  const before = listVersions(version).at(-2);
  if (before === undefined || before.dependencies === version.dependencies) return [];
  return [{ subject: 'Newer packages', adds: packageFiles(before.version, version.dependencies) }];
}

/** What every commit of the preparation adds, in order: packages, migrations, then a note for each change. */
function listWork(version: SeedVersion): readonly { subject: string; adds: Tree }[] {
  const before = listVersions(version).slice(0, -1);
  const known = before.flatMap(({ migrations }) => migrations);
  const migrations = version.migrations.map(({ tag }, i) => ({
    subject: `Migration ${tag}`,
    adds: migrationFiles([...known, ...version.migrations.slice(0, i + 1)]),
  }));
  const notes = Object.entries(changeNotes(version)).map(([path, text]) => ({
    subject: text.trim(),
    adds: { [path]: text },
  }));
  return [...listPackages(version), ...migrations, ...notes];
}

/** The commits of develop for a version, on marks from 1 on. */
function makeWork(version: SeedVersion, develop: string): readonly CommitOrder[] {
  const base = makeTree(listVersions(version).at(-2) ?? version);
  const work = listWork(version);
  return work.map(({ subject }, i) => ({
    mark: i + 1,
    branch: 'develop',
    parents: [i === 0 ? develop : `:${i}`],
    who: i % 2 === 0 ? JO : ROBIN,
    at: at(version, -4, 9 + 3 * i),
    message: `${subject}\n`,
    tree: Object.assign({}, base, ...work.slice(0, i + 1).map(({ adds }) => adds)) as Tree,
  }));
}

const branchOf = ({ version }: SeedVersion): string => `release/v${version}`;

/** Work on develop, and the release branch with version and changelog on top of it. */
function prepare(version: SeedVersion, develop: string): { text: string; work: number; ready: number } {
  const work = makeWork(version, develop);
  const ready = work.length + 1;
  const prepared = writeCommit({
    mark: ready,
    branch: branchOf(version),
    parents: [work.length === 0 ? develop : `:${work.length}`],
    who: ROBIN,
    at: at(version, -1, 15),
    message: `Prepare v${version.version}: version and changelog\n`,
    tree: makeTree(version),
  });
  return { text: [...work.map(writeCommit), prepared].join(''), work: work.length, ready };
}

/** The lines that `release deploy` writes below merge and tag: what a way back needs to know. */
function trailersOf(version: SeedVersion, main: string | undefined): string {
  const before = listVersions(version).at(-2);
  const applied = version.migrations.map(({ tag }) => tag);
  return [
    `Release-Run: ${version.day}-v${version.version}`,
    'Release-Environment: production',
    ...(before === undefined ? [] : [`Previous-Version: v${before.version}`, `Previous-Sha: ${main}`]),
    ...(applied.length === 0 ? [] : [`Migrations-Applied: ${applied.join(' ')}`]),
  ].join('\n');
}

const releaseTag = (version: SeedVersion, of: string, trailers: string): string =>
  writeTag({
    name: `v${version.version}`,
    of,
    who: RELEASER,
    at: at(version, 0, 14),
    message: `Release v${version.version}\n\n${trailers}\n`,
  });

/** The beginning: one commit that is main, develop and the first version. */
export function writeFirstRelease(version: SeedVersion): string {
  const order = { mark: 1, parents: [], who: ROBIN, at: at(version, -1, 15), tree: makeTree(version) };
  const first = writeCommit({ ...order, branch: 'main', message: `RuR2 ${version.version}\n` });
  return `${first}reset refs/heads/develop\nfrom :1\n\n${releaseTag(version, ':1', trailersOf(version, undefined))}`;
}

/** A whole release: work, release branch, merge into main, tag, and main merged back into develop. */
export function writePastRelease(version: SeedVersion, { main, develop }: Tips): string {
  const { text, work, ready } = prepare(version, develop);
  const trailers = trailersOf(version, main);
  const shared = { who: RELEASER, tree: makeTree(version) };
  const merge = writeCommit({
    ...shared,
    mark: ready + 1,
    branch: 'main',
    parents: [main, `:${ready}`],
    at: at(version, 0, 14),
    message: `Merge branch '${branchOf(version)}' for v${version.version}\n\n${trailers}\n`,
  });
  const back = writeCommit({
    ...shared,
    mark: ready + 2,
    branch: 'develop',
    parents: [work === 0 ? develop : `:${work}`, `:${ready + 1}`],
    at: at(version, 0, 17),
    message: "Merge branch 'main' into develop\n",
  });
  return [
    text,
    merge,
    releaseTag(version, `:${ready + 1}`, trailers),
    back,
    writeBranchEnd(branchOf(version)),
  ].join('');
}

/** The candidate that waits: work on develop, the release branch, and the tag of its first candidate. */
export function writeCandidate(version: SeedVersion, { develop }: Tips): string {
  const { text, ready } = prepare(version, develop);
  const tag = { name: `v${version.version}-rc.1`, of: `:${ready}`, who: RELEASER, at: at(version, -1, 16) };
  return text + writeTag({ ...tag, message: `Release candidate v${version.version}-rc.1\n` });
}
