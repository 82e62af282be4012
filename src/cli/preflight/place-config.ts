import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readConfig } from '../../config/find-file.ts';
import { type ConfigPlace, hashConfig } from '../../kit.ts';

/** The top of the checkout that a folder lies in; a worktree has a file where others have a folder. */
function findTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Where the configuration lies in its repository, and what it holds; undefined when it lies in none. */
export function placeConfig(file: string): ConfigPlace | undefined {
  const top = findTop(dirname(file));
  if (top === undefined) return undefined;
  return { path: relative(top, file).split(sep).join('/'), digest: hashConfig(readConfig(file)) };
}
