import { posix } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { hasCommit } from './compare-commits.ts';
import { checkPath, checkSha } from './names.ts';
import type { GitObject, ObjectReader } from './object-reader.ts';

interface Entry {
  readonly isFolder: boolean;
  readonly name: string;
  readonly id: string;
}

const FOLDER = '40000';

/** Entries of a tree as git stores them: mode, name and, as bytes, the id. */
function readTree({ body, id }: GitObject): readonly Entry[] {
  if (body === undefined) return [];
  const entries: Entry[] = [];
  const idBytes = id.length / 2;
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(0, at);
    const [mode = '', ...name] = body.toString('utf8', at, end).split(' ');
    const next = end + 1 + idBytes;
    entries.push({
      isFolder: mode === FOLDER,
      name: name.join(' '),
      id: body.toString('hex', end + 1, next),
    });
    at = next;
  }
  return entries;
}

const unread = (folder: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `Listing ${folder} failed: the cache does not have it.`,
    next: 'Look at the remote; the cache may be deleted, it is filled again: .release/git.',
    state: 'untouched',
  });

async function list(objects: ObjectReader, tree: GitObject, path: string): Promise<readonly string[]> {
  if (tree.body === undefined) throw unread(path);
  const parts = readTree(tree).map(async ({ isFolder, name, id }) => {
    const full = path === '' ? name : `${path}/${name}`;
    if (!isFolder) return [full];
    const below = await objects.read(id);
    if (below === undefined) throw unread(full);
    return list(objects, below, full);
  });
  return (await Promise.all(parts)).flat();
}

/** Files below a folder of a commit, in git's order. Throws E_GIT for a commit that is not there. */
export async function listFilesAt(
  objects: ObjectReader,
  commit: string,
  folder: string,
): Promise<readonly string[]> {
  const path = posix.normalize(`${checkPath(folder)}/`).replace(/^\.?\/|\/$/g, '');
  const tree = await objects.read(`${checkSha(commit)}:${path}`);
  if (tree?.kind === 'tree') return list(objects, tree, path);
  if (!(await hasCommit(objects, commit))) throw unread(folder);
  return [];
}
