import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './run-git.ts';

/** A name that no option parser can mistake. */
const PLAIN = /^(?!-)[\w./-]{1,200}$/;

/** The full hash that a commit, branch or tag stands for; undefined when there is none. */
export async function findCommit(origin: string, name: string): Promise<string | undefined> {
  if (!PLAIN.test(name)) return undefined;
  const found = runGit(origin, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  return found.catch(() => undefined);
}

/** Writes the tree of a commit into an empty folder; the repository itself stays as it is. */
export async function writeTree(origin: string, commit: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // An index of our own: a bare repository has none, and must not get one.
  const index = `${folder}.index`;
  await runGit(origin, [`--work-tree=${folder}`, 'read-tree', '--reset', '-u', commit], {
    GIT_INDEX_FILE: index,
  });
  await rm(index, { force: true });
}

/** The version in the tree's package.json; undefined when it has none. */
export async function readVersionOf(folder: string): Promise<string | undefined> {
  try {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
