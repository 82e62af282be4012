import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** What stands at a place where a file is to be written. */
export type Place =
  | { readonly kind: 'free' }
  | { readonly kind: 'taken'; readonly text: string }
  | { readonly kind: 'refused'; readonly why: string };

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** The nearest folder that is there; a link on the way must not lead out of `root`. */
function findParent(root: string, path: string): { readonly why?: string } {
  for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) {
    const seen = lstatSync(folder, { throwIfNoEntry: false });
    if (seen === undefined) continue;
    const real = realpathSync(folder);
    const top = realpathSync(root);
    if (real !== top && !real.startsWith(`${top}${sep}`))
      return { why: `${folder} leads out of this folder` };
    return lstatSync(real).isDirectory() ? {} : { why: `${folder} is no folder` };
  }
  return { why: `${root} is not there` };
}

/** Looks at a place without changing it. */
export function lookAt(root: string, name: string): Place {
  const path = join(root, name);
  try {
    const { why } = findParent(root, path);
    if (why !== undefined) return { kind: 'refused', why };
    const seen = lstatSync(path, { throwIfNoEntry: false });
    if (seen === undefined) return { kind: 'free' };
    if (seen.isSymbolicLink()) return { kind: 'refused', why: `${name} is a link` };
    return seen.isFile()
      ? { kind: 'taken', text: readFileSync(path, 'utf8') }
      : { kind: 'refused', why: `${name} is no file` };
  } catch (error) {
    return { kind: 'refused', why: `${name} cannot be read (${codeOf(error)})` };
  }
}

/** Writes a file that is not there yet. Throws when something has come to its place since it was looked at. */
export function writeNew(root: string, name: string, text: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
}

/** Replaces a file whole or not at all, if it still is what was read. */
export function writeChanged(root: string, name: string, before: string, after: string): void {
  const path = join(root, name);
  if (readFileSync(path, 'utf8') !== before) throw new Error(`${name} has changed meanwhile`);
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, after, { flag: 'wx' });
  renameSync(beside, path);
}
