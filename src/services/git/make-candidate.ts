import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import {
  commitTree,
  conflicted,
  type Identity,
  mergeTrees,
  plain,
  readTree,
  writeTag,
  writeTrailers,
} from './make-objects.ts';
import { checkPath, checkRef, checkSha } from './names.ts';
import type { OpenedGit } from './open-git.ts';
import type { BringBackOrder, CandidateOrder, JoinOrder } from './port.ts';
import { PREPARED } from './read-parents.ts';
import { mustRun, type RunGit } from './run-git.ts';

const LINK = /^1[26]0000$/;

const isLink = (path: string): ReleaseError =>
  new ReleaseError('E_FILE_SHAPE', {
    what: `${path} is a link in the repository, and no file whose version could be set.`,
    next: 'Name the file that it leads to under source.versionFiles.',
    state: 'untouched',
  });

/** The mode a file has, so that it keeps it. */
async function readModes(
  run: RunGit,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const args = [
    'ls-tree',
    '-z',
    '--full-tree',
    checkSha(commit),
    '--',
    ...paths.map((path) => `:(literal)${path}`),
  ];
  const out = await mustRun(run, 'Reading the tree', args);
  const lines = out.split('\0').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, 6)]));
}

async function listEntries(run: RunGit, { base, files }: CandidateOrder): Promise<string> {
  const modes = await readModes(
    run,
    base,
    files.map(({ path }) => checkPath(path)),
  );
  const link = files.find(({ path }) => LINK.test(modes.get(path) ?? ''));
  if (link !== undefined) throw isLink(link.path);
  const lines = files.map(async ({ path, text }) => {
    const blob = await mustRun(run, 'Writing a file', ['hash-object', '-w', '--stdin'], { input: text });
    return `${modes.get(path) ?? '100644'} ${blob}\t${path}\0`;
  });
  return (await Promise.all(lines)).join('');
}

/** A tree with other files in it, made in an index of its own: nobody's work tree is touched. */
async function writeTree(run: RunGit, order: CandidateOrder, cacheFolder: string): Promise<string> {
  const entries = await listEntries(run, order);
  const folder = mkdtempSync(join(cacheFolder, 'index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await mustRun(run, 'Reading the tree', ['read-tree', checkSha(order.base)], { env });
    await mustRun(run, 'Writing the tree', ['update-index', '-z', '--index-info'], { env, input: entries });
    return await mustRun(run, 'Writing the tree', ['write-tree'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commitFiles(
  run: RunGit,
  order: CandidateOrder,
  cacheFolder: string,
  who: Identity,
): Promise<string> {
  const { files, base, version, at } = order;
  if (files.length === 0) return base;
  const tree = await writeTree(run, order, cacheFolder);
  const message = `Prepare ${version}: version and changelog\n\n${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(run, tree, [base], message, who, at);
}

/** Ids of a candidate's commit and of its tag. */
export interface Candidate {
  readonly commit: string;
  readonly tag: string;
}

/** The commit with version and changelog, and the annotated tag of the candidate, as objects of the cache (PRE-06). */
export async function makeCandidate(
  run: RunGit,
  order: CandidateOrder,
  cacheFolder: string,
  who: Identity,
): Promise<Candidate> {
  checkRef(`refs/tags/${order.name}`);
  const commit = await commitFiles(run, order, cacheFolder, who);
  const { name, at, trailers } = order;
  const tag = await writeTag(run, { name, commit, title: `Release candidate ${name}`, at, trailers }, who);
  return { commit, tag };
}

/** A merge commit on `base` that has main's history behind it, and the files of a merge with an earlier point of main. */
export async function makeJoin(run: RunGit, order: JoinOrder, who: Identity): Promise<string> {
  const { base, baseName, main, mainName, asOf, version, at, isBack } = order;
  const { tree, conflicts } = await mergeTrees(run, base, asOf);
  if (conflicts.length > 0) throw conflicted(mainName, baseName, conflicts);
  const why =
    asOf === main
      ? ''
      : `What took changes back on ${mainName} after ${asOf.slice(0, 7)} is not followed: ${version} brings them again.\n\n`;
  const subject = isBack
    ? `Merge ${mainName} back into ${baseName} after ${version}`
    : `Merge ${mainName} for ${version}`;
  const message = `${plain(subject)}\n\n${why}${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(run, tree, [base, main], message, who, at);
}

/**
 * A commit on `base` that undoes what another commit took back; undefined when nothing of that is missing in `base` any
 * more. Throws E_MERGE_CONFLICT when later work stands on the same lines.
 */
export async function makeBringBack(
  { run, objects }: OpenedGit,
  { base, baseName, taken, version, at }: BringBackOrder,
  who: Identity,
): Promise<string | undefined> {
  const before = await mustRun(run, 'Reading history', [
    'rev-parse',
    '--verify',
    '--quiet',
    `${checkSha(taken)}^1`,
  ]);
  // A side line that holds what was there before: merged from the commit that took it back on, it is the difference.
  const side = await commitTree(run, await readTree(objects, before), [taken], `Undo ${taken}\n`, who, at);
  const { tree, conflicts } = await mergeTrees(run, base, side);
  if (conflicts.length > 0) throw conflicted(`what ${taken.slice(0, 7)} took back`, baseName, conflicts);
  if (tree === (await readTree(objects, base))) return undefined;
  const message = `Bring back what ${taken.slice(0, 7)} took out\n\nThis reverts commit ${taken}.\n\n${writeTrailers({ [PREPARED]: version })}\n`;
  return commitTree(run, tree, [base], message, who, at);
}
