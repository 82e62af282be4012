import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { compareReleases, isCandidate, readVersion, releaseOf, type Version } from '../../domain/version.ts';
import type { GitPort } from '../../services/git/port.ts';

/** Name of the branch a version is released from; a candidate's is that of its release. */
export const branchOf = (runbook: Runbook, version: string): string =>
  runbook.source.releaseBranch.replace('{version}', releaseOf(version));

/** Versions that have a release branch and no tag yet, newest first. */
export async function listPrepared(git: GitPort, runbook: Runbook): Promise<readonly Version[]> {
  const [prefix = ''] = runbook.source.releaseBranch.split('{version}');
  const branches = await git.branches(prefix);
  const tagged = new Set<string>(await git.versions());
  const versions = branches.map((branch) => readVersion(branch.slice(prefix.length)));
  return versions
    .filter(
      (version): version is Version => version !== undefined && !isCandidate(version) && !tagged.has(version),
    )
    .sort((a, b) => compareReleases(b, a));
}

/** Throws E_VERSION_UNKNOWN with what is prepared. */
export function refuseUnknown(version: Version, branch: string, prepared: readonly Version[]): never {
  const list =
    prepared.length > 0
      ? `Prepared and not yet live: ${prepared.join(', ')}.`
      : `No version is prepared: release prepare ${releaseOf(version)}`;
  throw new ReleaseError('E_VERSION_UNKNOWN', {
    what: `${version} has no branch ${branch} and no tag.`,
    next: `${list}${didYouMean(version, prepared)}`,
    state: 'untouched',
  });
}

/** The one prepared version, when there is exactly one; else E_VERSION_MISSING names them. */
export function pickPrepared(command: string, prepared: readonly Version[]): Version {
  const [only] = prepared;
  if (only !== undefined && prepared.length === 1) return only;
  throw new ReleaseError('E_VERSION_MISSING', {
    what: `${command} needs a version.`,
    next:
      prepared.length > 0
        ? `Prepared: ${prepared.join(', ')}. Write  release ${command} ${prepared[0]}`
        : `Write  release ${command} v1.2.3`,
    state: 'untouched',
  });
}

/** A script says which version: a variable that is not set must not choose the one that happens to be prepared. */
export const refuseUnnamed = (only: Version, env: string): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'deploy with --yes needs its version.',
    next: `Prepared: ${only}. Say so in full: release deploy ${only} --env ${env} --yes`,
    state: 'untouched',
  });
