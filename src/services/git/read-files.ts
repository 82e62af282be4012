import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { ObjectReader } from './object-reader.ts';
import { findAt } from './walk-tree.ts';

const tooLarge = (path: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `${oneLine(path, 200)} is too large to be read.`,
    why: 'Half of a file would be taken for the whole.',
    next: 'Look at what was committed there.',
    state: 'untouched',
  });

/** The text of a file of a commit; undefined when there is none. Throws E_GIT for one that is too large. */
export async function readFileAt(
  objects: ObjectReader,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await findAt(objects, commit, path);
  if (found?.kind !== 'blob') return undefined;
  if (found.body === undefined) throw tooLarge(path);
  return found.body.toString('utf8');
}
