import { ReleaseError } from '../domain/failure.ts';
import type { GitPort, TagFacts } from '../services/git/port.ts';
import type { LiveVersion } from '../services/host/port.ts';

const unknownCommit = (commit: string): ReleaseError =>
  new ReleaseError('E_LIVE_COMMIT', {
    what: `The application runs commit ${commit.slice(0, 12)}, which the remote does not have.`,
    why: 'Somebody published code that was never pushed, a branch is gone, or this is the clone of another application.',
    next: 'Find out what was published and push it, or publish a release; see that source.remote is the right one.',
    state: 'untouched',
  });

const noTag = (version: string): ReleaseError =>
  new ReleaseError('E_NO_TAG', {
    what: `${version} is live, says no commit and has no tag, so its code is not known.`,
    next: 'Let the health endpoint say the commit, or tag the commit that is live.',
    state: 'untouched',
  });

/** Shorter ones fit too many commits. */
const SHORTEST = 7;

const isFull = (commit: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);

/**
 * The full id of what an application reports; a short one is known when it is the tag's, and none is the tag's own.
 * Throws E_LIVE_COMMIT, E_NO_TAG.
 */
export async function findLiveCommit(
  git: Pick<GitPort, 'contains'>,
  { version, commit }: Pick<LiveVersion, 'version' | 'commit'>,
  tag: TagFacts | undefined,
): Promise<string> {
  if (commit === undefined) {
    if (tag === undefined) throw noTag(version);
    return tag.commit;
  }
  const isTold = commit.length >= SHORTEST;
  if (isTold && tag?.commit.startsWith(commit.toLowerCase())) return tag.commit;
  if (!isFull(commit) || !(await git.contains(commit, commit))) throw unknownCommit(commit);
  return commit;
}
