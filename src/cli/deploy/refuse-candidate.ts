import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { isCandidate, releaseOf, type Version } from '../../domain/version.ts';
import type { Wired } from '../wired.ts';

/** Throws E_VERSION_SHAPE (2) for a candidate: a deploy merges and tags what it brings, where it is no trial. */
export function refuseCandidate(version: Version, { runbook, env }: Pick<Wired, 'runbook' | 'env'>): void {
  if (!isCandidate(version)) return;
  const release = releaseOf(version);
  const trial = Object.keys(runbook.environments).find((one) => carriesCandidates(runbook, one));
  const first =
    trial === undefined
      ? 'Test the commit of its tag where you test'
      : `Try it out with  release deploy ${version} --env ${trial}`;
  throw new ReleaseError('E_VERSION_SHAPE', {
    what: `${version} is a candidate; a deploy to ${env} merges a release into main and tags it.`,
    why: 'A candidate is tested as the commit of its tag, before anything is merged.',
    next: `${first}, then  release deploy ${release} --env ${env}`,
    state: 'untouched',
  });
}
