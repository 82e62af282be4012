import { checkSha } from './names.ts';
import type { ObjectReader } from './object-reader.ts';
import { readObjectText, readWhen } from './object-text.ts';
import type { OpenedGit } from './open-git.ts';
import { mustRun, type RunGit } from './run-git.ts';

/** True when the cache has the commit. */
export const hasCommit = async (objects: ObjectReader, commit: string): Promise<boolean> =>
  (await objects.find(`${checkSha(commit)}^{commit}`)) !== undefined;

/** When a commit was made; undefined for one that is not there. */
export async function readCommitTime(objects: ObjectReader, commit: string): Promise<string | undefined> {
  const body = (await objects.read(`${checkSha(commit)}^{commit}`))?.body;
  return body && readWhen(readObjectText(body).all('committer')[0]);
}

/** Paths that differ between two trees; undefined when one of the commits is not there. */
export async function listChanged(
  { run, objects }: OpenedGit,
  from: string,
  to: string,
): Promise<readonly string[] | undefined> {
  const known = await Promise.all([hasCommit(objects, from), hasCommit(objects, to)]);
  if (known.includes(false)) return undefined;
  const names = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', checkSha(from), checkSha(to)];
  const out = await mustRun(run, 'Comparing two trees', names);
  return out.split('\0').filter((path) => path !== '');
}

/** True when `commit` has `ancestor` in its past. */
export const isAncestor = async (run: RunGit, ancestor: string, commit: string): Promise<boolean> =>
  (await run(['merge-base', '--is-ancestor', checkSha(ancestor), checkSha(commit)])).code === 0;

/** True when two commits hold the same files. */
export const isSameTree = async (run: RunGit, left: string, right: string): Promise<boolean> =>
  (await run(['diff-tree', '--quiet', checkSha(left), checkSha(right)])).code === 0;
