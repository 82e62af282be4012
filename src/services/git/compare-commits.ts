import { checkSha } from './names.ts';
import type { ObjectReader } from './object-reader.ts';
import { readObjectText, readWhen } from './object-text.ts';
import type { OpenedGit } from './open-git.ts';
import { mustRun } from './run-git.ts';

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
  if (await isSameTree(objects, from, to)) return [];
  const names = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', checkSha(from), checkSha(to)];
  const out = await mustRun(run, 'Comparing two trees', names);
  return out.split('\0').filter((path) => path !== '');
}

// git takes for a parent what stands directly below the tree; the same word further down is anybody's invention.
const PARENTS = /^tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/;

async function isParent(objects: ObjectReader, ancestor: string, commit: string): Promise<boolean> {
  const found = await objects.read(checkSha(commit));
  if (found?.kind !== 'commit' || found.body === undefined) return false;
  const [, parents = ''] = PARENTS.exec(found.body.toString('latin1')) ?? [];
  return parents.includes(`parent ${ancestor}\n`);
}

/** True when `commit` has `ancestor` in its past. One step back is read, and only more of them are searched. */
export async function isAncestor(
  { run, objects }: Pick<OpenedGit, 'run' | 'objects'>,
  ancestor: string,
  commit: string,
): Promise<boolean> {
  if (ancestor === commit) return hasCommit(objects, commit);
  if (await isParent(objects, checkSha(ancestor), commit)) return true;
  return (await run(['merge-base', '--is-ancestor', ancestor, checkSha(commit)])).code === 0;
}

/** True when two commits hold the same files. */
export async function isSameTree(objects: ObjectReader, left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [left, right].map((commit) => objects.find(`${checkSha(commit)}^{tree}`)),
  );
  return one !== undefined && one.id === other?.id;
}
