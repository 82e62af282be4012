import type { Runbook } from '../config/schema/index.ts';
import { isVersionBump } from '../domain/reports/is-version-bump.ts';
import type { GitPort } from '../services/git/port.ts';

type Git = Pick<GitPort, 'changedFiles' | 'readFile'>;
type Source = Pick<Runbook['source'], 'versionFiles' | 'changelog'>;

const isFree = async (git: Git, source: Source, path: string, from: string, to: string): Promise<boolean> =>
  path === source.changelog ||
  (source.versionFiles.includes(path) &&
    isVersionBump(await git.readFile(from, path), await git.readFile(to, path)));

/**
 * Paths that differ between two commits by more than what a release writes after the tests: the changelog, and the
 * version in its files (E-39). Undefined when one of the commits is not there.
 */
export async function listRealChanges(
  git: Git,
  source: Source,
  from: string,
  to: string,
): Promise<readonly string[] | undefined> {
  const changed = await git.changedFiles(from, to);
  if (changed === undefined) return undefined;
  const kept = await Promise.all(
    changed.map(async (path) => ((await isFree(git, source, path, from, to)) ? [] : [path])),
  );
  return kept.flat();
}
