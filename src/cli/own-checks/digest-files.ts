import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { digestOf, sha256 } from '../../ledger/digest.ts';

/** More than this lies in no folder of checks. */
const MOST_FILES = 2000;

/** Without links on the way; the compiler names files like that. */
function trueName(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const isOwn = (root: string, path: string): boolean =>
  path.startsWith(`${root}${sep}`) && !path.includes(`${sep}node_modules${sep}`);

/** Files below a folder: what a check imports or reads lies beside it, in whatever language. */
function listBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .slice(0, MOST_FILES);
  } catch {
    return [];
  }
}

function digestFile(path: string): string {
  try {
    return sha256(readFileSync(path, 'latin1'));
  } catch {
    return '';
  }
}

/**
 * sha256 over the names and contents of these files and of all that lie beside or below them. What packages of
 * `node_modules` and files outside of `root` say is not in it.
 */
export function digestFiles(root: string, files: readonly string[]): string {
  const folders = new Set(files.filter((path) => /\.check\.[cm]?[jt]s$/.test(path)).map(dirname));
  const top = trueName(root);
  const all = [...files, ...[...folders].flatMap(listBelow)].map(trueName);
  const sorted = [...new Set(all)].filter((path) => isOwn(top, path)).sort();
  return digestOf(sorted.map((path) => [relative(top, path), digestFile(path)]));
}
