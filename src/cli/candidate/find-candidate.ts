import { ReleaseError } from '../../domain/failure.ts';
import { isCandidate, releaseOf, type Version } from '../../domain/version.ts';
import type { TagFacts } from '../../services/git/port.ts';
import { branchOf, listPrepared, refuseUnknown } from '../facts/find-release.ts';
import type { Wired } from '../wired.ts';

type Code = Pick<Wired, 'services' | 'runbook'>;

/** A version that can be tried, and its commit. */
export interface FoundCandidate {
  /** The candidate's own name where its commit has one. */
  readonly version: Version;
  readonly branchName: string;
  readonly commit: string;
  /** Its tag; undefined: the tip of its branch, which nobody has tagged. */
  readonly tag?: TagFacts;
}

/** Tags of this release's candidates, newest first. */
export async function listCandidates(
  { services: { git } }: Pick<Code, 'services'>,
  release: string,
): Promise<readonly TagFacts[]> {
  const names = (await git.versions()).filter((name) => isCandidate(name) && releaseOf(name) === release);
  const tags = await Promise.all(names.map((name) => git.tag(name)));
  return tags.flatMap((tag) => tag ?? []);
}

const noSuch = (version: Version, known: readonly TagFacts[]): ReleaseError => {
  const release = releaseOf(version);
  return new ReleaseError('E_VERSION_UNKNOWN', {
    what: `There is no tag ${version}.`,
    next:
      known.length > 0
        ? `Candidates of ${release}: ${known.map((tag) => tag.version).join(', ')}.`
        : `${release} has no candidate yet: release prepare ${release}`,
    state: 'untouched',
  });
};

/**
 * What `version` means where candidates are tried: the commit of its tag; of a release that is not tagged yet the tip of its
 * branch, under the name of the candidate there. The cache must be up to date. Throws E_VERSION_UNKNOWN (2).
 */
export async function findCandidate(version: Version, code: Code): Promise<FoundCandidate> {
  const { git } = code.services;
  const branchName = branchOf(code.runbook, version);
  const tag = await git.tag(version);
  if (tag !== undefined) return { version, branchName, commit: tag.commit, tag };
  const candidates = await listCandidates(code, releaseOf(version));
  if (isCandidate(version)) throw noSuch(version, candidates);
  const tip = await git.branchTip(branchName);
  if (tip === undefined) return refuseUnknown(version, branchName, await listPrepared(git, code.runbook));
  const there = candidates.find((one) => one.commit === tip);
  return { version: there?.version ?? version, branchName, commit: tip, ...(there ? { tag: there } : {}) };
}
