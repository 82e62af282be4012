import { checkSha } from './names.ts';
import { mustRun, type RunGit } from './run-git.ts';

/** True when the cache has the commit. */
export const hasCommit = async (run: RunGit, commit: string): Promise<boolean> =>
  (await run(['cat-file', '-e', `${checkSha(commit)}^{commit}`])).code === 0;

/** When a commit was made; undefined for one that is not there. */
export async function readCommitTime(run: RunGit, commit: string): Promise<string | undefined> {
  if (!(await hasCommit(run, commit))) return undefined;
  return (await mustRun(run, 'Reading a commit', ['show', '-s', '--format=%cI', checkSha(commit)])).trim();
}

/** Paths that differ between two trees; undefined when one of the commits is not there. */
export async function listChanged(
  run: RunGit,
  from: string,
  to: string,
): Promise<readonly string[] | undefined> {
  const known = await Promise.all([hasCommit(run, from), hasCommit(run, to)]);
  if (known.includes(false)) return undefined;
  const names = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', checkSha(from), checkSha(to)];
  const out = await mustRun(run, 'Comparing two trees', names);
  return out.split('\0').filter((path) => path !== '');
}

/** True when `commit` has `ancestor` in its past. */
export const isAncestor = async (run: RunGit, ancestor: string, commit: string): Promise<boolean> =>
  (await run(['merge-base', '--is-ancestor', checkSha(ancestor), checkSha(commit)])).code === 0;

/** True when two commits hold the same files. */
export const isSameTree = async (run: RunGit, left: string, right: string): Promise<boolean> =>
  (await run(['diff-tree', '--quiet', checkSha(left), checkSha(right)])).code === 0;
