import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { hasCommit } from './compare-commits.ts';
import { checkPath, checkSha } from './names.ts';
import type { GitObject, ObjectReader } from './object-reader.ts';

/** One line of a tree. */
export interface TreeEntry {
  readonly isFolder: boolean;
  readonly name: string;
  readonly id: string;
}

const FOLDER = 0o40000;

/** What git knows by an id must be there: a hole in the cache would be read as a file that does not exist. */
export const unread = (what: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `${oneLine(what, 200)} could not be read: the git cache does not have it, or only a part of it.`,
    next: 'Look at the disk. The cache may be deleted, it is filled again: .release/git.',
    state: 'untouched',
  });

/** Entries of a tree as git stores them: mode, name and, as bytes, the id. Throws E_GIT for one without its contents. */
export function readEntries({ body, id }: GitObject, path: string): readonly TreeEntry[] {
  if (body === undefined) throw unread(path);
  const entries: TreeEntry[] = [];
  const idBytes = id.length / 2;
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(0, at);
    const [mode = '', ...name] = body.toString('utf8', at, end).split(' ');
    const next = end + 1 + idBytes;
    const isFolder = Number.parseInt(mode, 8) === FOLDER;
    entries.push({ isFolder, name: name.join(' '), id: body.toString('hex', end + 1, next) });
    at = next;
  }
  return entries;
}

/** The parts of a path in a tree; none for the tree itself. */
export const partsOf = (path: string): readonly string[] =>
  checkPath(path)
    .split('/')
    .filter((part) => part !== '' && part !== '.');

/** An object that is known to be there. Throws E_GIT when it is not. */
export async function readKnown(objects: ObjectReader, id: string, path: string): Promise<GitObject> {
  const found = await objects.read(id);
  if (found === undefined) throw unread(path);
  return found;
}

/**
 * What lies at a path of a commit, found from its tree down: undefined only when a tree that was read has no such entry,
 * or when there is no such commit. Throws E_GIT for anything that should be there and cannot be read.
 */
export async function findAt(
  objects: ObjectReader,
  commit: string,
  path: string,
): Promise<GitObject | undefined> {
  const root = await objects.read(`${checkSha(commit)}^{tree}`);
  if (root === undefined && (await hasCommit(objects, commit))) throw unread(path);
  let here = root;
  for (const part of partsOf(path)) {
    if (here === undefined || here.kind !== 'tree') return undefined;
    const entry = readEntries(here, path).find(({ name }) => name === part);
    if (entry === undefined) return undefined;
    here = await readKnown(objects, entry.id, path);
  }
  return here;
}
