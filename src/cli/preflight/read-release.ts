import { carriesCandidates } from '../../config/carries-candidates.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { isCandidate, parseReleaseVersion, type Version } from '../../domain/version.ts';
import type { ReleaseScope } from '../../kit.ts';
import { findCandidate } from '../candidate/find-candidate.ts';
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
  const [code, from] = await Promise.all([readCode(wired, version, branch), readFrom(wired)]);
  return { version, branch, ...code, ...(from === undefined ? {} : { from }) };
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

type Code = Pick<ReleaseScope, 'commit'> & Partial<Pick<ReleaseScope, 'version'>>;

/** What is released: the tip of its branch, and of a candidate the commit of its tag. */
async function findCode(wired: Wired, version: Version, branch: string): Promise<Code> {
  const { git } = wired.services;
  const [tip, tag] = await Promise.all([git.branchTip(branch), git.tag(version)]);
  const commit = isCandidate(version) ? tag?.commit : (tip ?? tag?.commit);
  return { commit: commit ?? refuseUnknown(version, branch, await listPrepared(git, wired.runbook)) };
}

/** Where candidates are tried a release is asked about by the name of the candidate that stands for it. */
async function readCode(wired: Wired, version: Version, branch: string): Promise<Code> {
  try {
    await wired.services.git.sync();
    if (!carriesCandidates(wired.runbook, wired.env)) return await findCode(wired, version, branch);
    const found = await findCandidate(version, wired);
    return { version: found.version, commit: found.commit };
  } catch (error) {
    if (!isReleaseError(error) || isReleaseError(error, 'E_VERSION_UNKNOWN')) throw error;
    return {};
  }
}
