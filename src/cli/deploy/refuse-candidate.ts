import { ReleaseError } from '../../domain/failure.ts';
import { isCandidate, type Version } from '../../domain/version.ts';

/** Throws E_VERSION_SHAPE (2) for a candidate: a deploy merges and tags what it brings, on every environment. */
export function refuseCandidate(version: Version): void {
  if (!isCandidate(version)) return;
  const release = version.replace(/-rc\.\d+$/, '');
  throw new ReleaseError('E_VERSION_SHAPE', {
    what: `${version} is a candidate; a deploy merges a release into main and tags it.`,
    why: 'A candidate is tested as the commit of its tag, before anything is merged.',
    next: `Publish the tag ${version} to staging with the host itself; release preflight ${release} sees whether it is there.`,
    state: 'untouched',
  });
}
