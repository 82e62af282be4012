import { ReleaseError } from '../../domain/failure.ts';
import type { ObjectReader } from './object-reader.ts';
import { partsOf, readKnown, unread } from './walk-tree.ts';
import type { WriteObject } from './write-object.ts';

/** One line of a tree; its name byte for byte, as latin1: not every name is UTF-8. */
interface Line {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

/** A file to put into a tree. */
export interface TreeFile {
  readonly path: string;
  readonly blob: string;
}

const FOLDER = '40000';
const NEW_FILE = '100644';
const IS_FILE = /^100/;

const isNoFile = (path: string, mode: string): ReleaseError =>
  new ReleaseError('E_FILE_SHAPE', {
    what: `${path} is a ${mode === FOLDER ? 'folder' : 'link'} in the repository, and no file whose version could be set.`,
    next:
      mode === FOLDER
        ? 'Name a file under source.versionFiles.'
        : 'Name the file that it leads to under source.versionFiles.',
    state: 'untouched',
  });

/** A file keeps its mode. Throws E_FILE_SHAPE for what is none. */
function modeOf(found: Line | undefined, path: string): string {
  if (found !== undefined && !IS_FILE.test(found.mode)) throw isNoFile(path, found.mode);
  return found?.mode ?? NEW_FILE;
}

const asBytes = (text: string): string => Buffer.from(text).toString('latin1');

function parseTree(body: Buffer, idBytes: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at);
    const end = body.indexOf(0, space);
    const next = end + 1 + idBytes;
    const id = body.toString('hex', end + 1, next);
    lines.push({
      mode: body.toString('latin1', at, space),
      name: body.toString('latin1', space + 1, end),
      id,
    });
    at = next;
  }
  return lines;
}

/** git compares a folder as if its name ended in a slash. */
const sortKey = ({ mode, name }: Line): string => (mode === FOLDER ? `${name}/` : name);

function writeTree(write: WriteObject, lines: readonly Line[]): string {
  const sorted = [...lines].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const parts = sorted.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} ${name}\0`, 'latin1'),
    Buffer.from(id, 'hex'),
  ]);
  return write('tree', Buffer.concat(parts));
}

interface Edit {
  readonly parts: readonly string[];
  readonly file: TreeFile;
}

/** The edits by the name that each begins with. */
function groupByName(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const groups = new Map<string, readonly Edit[]>();
  for (const { parts, file } of edits) {
    const [name = '', ...rest] = parts;
    groups.set(name, [...(groups.get(name) ?? []), { parts: rest, file }]);
  }
  return groups;
}

/**
 * Writes a tree like `tree` with these files in it, from its tips to its root, and gives its id. What lies beside them
 * stays byte for byte. Throws E_FILE_SHAPE where a link or a folder stands in a file's place, and E_GIT for a folder on the
 * way that should be there and cannot be read.
 */
export async function editTree(
  objects: ObjectReader,
  write: WriteObject,
  tree: string,
  files: readonly TreeFile[],
): Promise<string> {
  const edits = files.map((file) => ({ parts: partsOf(file.path).map(asBytes), file }));
  return editFolder({ objects, write }, tree, edits);
}

async function editFolder(
  tools: { readonly objects: ObjectReader; readonly write: WriteObject },
  tree: string | undefined,
  edits: readonly Edit[],
): Promise<string> {
  const lines = new Map<string, Line>();
  const { body } =
    tree === undefined ? { body: Buffer.alloc(0) } : await readKnown(tools.objects, tree, tree);
  if (body === undefined) throw unread(tree ?? '');
  for (const line of parseTree(body, (tree?.length ?? 0) / 2)) lines.set(line.name, line);
  for (const [name, below] of groupByName(edits)) {
    const found = lines.get(name);
    const [here] = below.filter(({ parts }) => parts.length === 0);
    if (here !== undefined) {
      lines.set(name, { mode: modeOf(found, here.file.path), name, id: here.file.blob });
      continue;
    }
    const folder = found?.mode === FOLDER ? found.id : undefined;
    lines.set(name, { mode: FOLDER, name, id: await editFolder(tools, folder, below) });
  }
  return writeTree(tools.write, [...lines.values()]);
}
