import { readFileSync } from 'node:fs';
import { type FailureCode, ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { CheckFile } from './find-check-files.ts';
import { findPlace, type Position } from './find-place.ts';
import type { Importer } from './import-file.ts';

const SAID_MAX = 300;

/** `checks/orders.check.ts:12:5`, or the file alone. */
export const sayPlace = ({ name }: CheckFile, at: Position | undefined): string =>
  at === undefined ? name : `${name}:${at.line}:${at.col}`;

/** An error's first line for people, without the path that the parser and Node put into it. */
function sayError(error: unknown, { path, name }: CheckFile): string {
  if (!(error instanceof Error)) return `it threw ${oneLine(String(error), SAID_MAX)}`;
  const lines = error.message.replaceAll(path, name).split('\n');
  const first = oneLine(lines[0] ?? '', SAID_MAX).replace(/^ParseError: /, '');
  return error.name === 'Error' ? first : `${error.name}: ${first}`;
}

/** Text of a file; empty when it cannot be read: it then has no places either. */
export function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** An error of somebody's own check with its place in their file. `doing` is what broke, like "probe broke". */
export function tellError(
  code: FailureCode,
  error: unknown,
  doing: string,
  file: CheckFile,
  importer: Pick<Importer, 'compile'>,
): ReleaseError {
  const at = findPlace(error, file.path, () => importer.compile(file.path, readSource(file.path)));
  return new ReleaseError(code, {
    what: `${sayPlace(file, at)} ${doing}: ${sayError(error, file)}`,
    next: `Correct ${sayPlace(file, at)}, and ask again.`,
    state: 'untouched',
    ...(at === undefined ? {} : { at: { file: file.name, ...at } }),
  });
}
