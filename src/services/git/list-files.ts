import { hasCommit } from './compare-commits.ts';
import type { GitObject, ObjectReader } from './object-reader.ts';
import { findAt, partsOf, readEntries, readKnown, unread } from './walk-tree.ts';

async function list(objects: ObjectReader, tree: GitObject, path: string): Promise<readonly string[]> {
  const parts = readEntries(tree, path).map(async ({ isFolder, name, id }) => {
    const full = path === '' ? name : `${path}/${name}`;
    return isFolder ? list(objects, await readKnown(objects, id, full), full) : [full];
  });
  return (await Promise.all(parts)).flat();
}

/** Files below a folder of a commit, in git's order. Throws E_GIT for a commit that is not there. */
export async function listFilesAt(
  objects: ObjectReader,
  commit: string,
  folder: string,
): Promise<readonly string[]> {
  const found = await findAt(objects, commit, folder);
  if (found?.kind === 'tree') return list(objects, found, partsOf(folder).join('/'));
  if (!(await hasCommit(objects, commit))) throw unread(folder);
  return [];
}
