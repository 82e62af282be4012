import type { Runbook } from '../config/schema/index.ts';
import { isVersionBump } from '../domain/reports/is-version-bump.ts';
import { listVersionFiles } from '../domain/version-files/list-version-files.ts';
import type { GitPort } from '../services/git/port.ts';

type Git = Pick<GitPort, 'changedFiles' | 'readFile'>;
type Source = Pick<Runbook['source'], 'versionFiles' | 'changelog'>;

async function isFree(git: Git, source: Source, path: string, from: string, to: string): Promise<boolean> {
  if (path === source.changelog) return true;
  const files = listVersionFiles(source.versionFiles).filter((file) => file.path === path);
  if (files.length === 0) return false;
  const matches = files.flatMap(({ match }) => match ?? []);
  return isVersionBump(await git.readFile(from, path), await git.readFile(to, path), matches);
}

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
