import { readdirSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { ReleaseError } from '../../../domain/failure.ts';
import { didYouMean } from '../../../domain/suggest.ts';
import { folderOf, isPattern, matchPath } from './match-path.ts';

const LEFT_OUT = new Set(['node_modules', '.git']);

/** Every file below a folder, as it is written from here; links to folders are not followed. */
function listBelow(cwd: string, folder: string): readonly string[] {
  const at = resolve(cwd, folder);
  if (!statSync(at, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? listBelow(cwd, `${folder}${entry.name}/`) : [`${folder}${entry.name}`],
    );
}

const tidy = (word: string): string => word.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');

function nearest(cwd: string, word: string): string {
  const folder = posix.dirname(word) === '.' ? '' : `${posix.dirname(word)}/`;
  return didYouMean(word, isPattern(word) ? [] : listBelow(cwd, folder));
}

const noFile = (cwd: string, word: string): ReleaseError =>
  new ReleaseError('E_FILES_NONE', {
    what: `--files "${word}" matches no file.${nearest(cwd, word)}`,
    why: 'A check that looks at nothing would say that all is well.',
    next: 'Look at the path; it begins at the folder you are in.',
    state: 'untouched',
  });

function findOne(cwd: string, typed: string): readonly string[] {
  const word = tidy(typed);
  const facts = statSync(resolve(cwd, word), { throwIfNoEntry: false });
  if (facts?.isFile()) return [word];
  const pattern = facts?.isDirectory() ? `${word.replace(/\/+$/, '')}/*.sql` : word;
  const matches = matchPath(pattern);
  const found = isPattern(pattern) ? listBelow(cwd, folderOf(pattern)).filter(matches) : [];
  if (found.length === 0) throw noFile(cwd, typed);
  return found;
}

/** Files by their names, patterns or folders, each once and in order. Throws E_FILES_NONE for a word that means none. */
export function findFiles(cwd: string, words: readonly string[]): readonly string[] {
  return [...new Set(words.flatMap((word) => findOne(cwd, word)))].sort();
}
