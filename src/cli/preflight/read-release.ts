import { isReleaseError } from '../../domain/failure.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import type { ReleaseScope } from '../../kit.ts';
import { branchOf, listPrepared, refuseUnknown } from '../facts/find-release.ts';
import type { Wired } from '../wired.ts';

/**
 * The release that a gate is about. Throws E_VERSION_SHAPE or E_VERSION_UNKNOWN (exit 2). A remote that does not
 * answer is no reason to refuse: the checks that need it will say "unknown" themselves.
 */
export async function readRelease(wired: Wired, typed: string): Promise<ReleaseScope> {
  const version = parseReleaseVersion(typed);
  const branch = branchOf(wired.runbook, version);
  if (!wired.configured.has('git')) return { version, branch };
  const [commit, from] = await Promise.all([readCommit(wired, version, branch), readFrom(wired)]);
  return {
    version,
    branch,
    ...(commit === undefined ? {} : { commit }),
    ...(from === undefined ? {} : { from }),
  };
}

/** What is live now; an application that does not answer is for its own check to say. */
async function readFrom({ services, configured, env }: Wired): Promise<string | undefined> {
  if (!configured.has('host')) return undefined;
  try {
    return `v${(await services.host.liveVersion(env)).version}`;
  } catch (error) {
    if (isReleaseError(error)) return undefined;
    throw error;
  }
}

async function readCommit(wired: Wired, version: Version, branch: string): Promise<string | undefined> {
  const { git } = wired.services;
  try {
    await git.sync();
    const [tip, tag] = await Promise.all([git.branchTip(branch), git.tag(version)]);
    const commit = tip ?? tag?.commit;
    return commit ?? refuseUnknown(version, branch, await listPrepared(git, wired.runbook));
  } catch (error) {
    if (!isReleaseError(error) || isReleaseError(error, 'E_VERSION_UNKNOWN')) throw error;
    return undefined;
  }
}
