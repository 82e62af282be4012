import { ReleaseError } from '../../domain/failure.ts';
import { readVersion, type Version } from '../../domain/version.ts';
import type { GitPort, TagFacts } from '../../services/git/port.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Services } from '../../services/services.ts';

/** The code that is live. */
export interface LiveBuild {
  /** With its `v`. */
  readonly version: string;
  readonly commit: string;
  /** True when it is what a release tag of this version holds: nobody published anything else. */
  readonly isReleased: boolean;
}

const unknownCommit = (commit: string): ReleaseError =>
  new ReleaseError('E_LIVE_COMMIT', {
    what: `The application runs commit ${commit.slice(0, 12)}, which the remote does not have.`,
    why: 'Somebody published code that was never pushed, or a branch is gone.',
    next: 'Find out what was published, push it, or publish a release.',
    state: 'untouched',
  });

const noTag = (version: string): ReleaseError =>
  new ReleaseError('E_NO_TAG', {
    what: `${version} is live, says no commit and has no tag, so its code is not known.`,
    next: 'Let the health endpoint say the commit, or tag the commit that is live.',
    state: 'untouched',
  });

const isFull = (commit: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);

/** The full id of what the application reports; a short one is known when it is the tag's. */
async function findCommit(
  git: Pick<GitPort, 'contains'>,
  { version, commit }: LiveVersion,
  tag: TagFacts | undefined,
): Promise<string> {
  if (commit === undefined) {
    if (tag === undefined) throw noTag(version);
    return tag.commit;
  }
  if (tag?.commit.startsWith(commit.toLowerCase())) return tag.commit;
  if (!isFull(commit) || !(await git.contains(commit, commit))) throw unknownCommit(commit);
  return commit;
}

/**
 * Which commit is live, by the application's own word, and whether a release brought it. A rollback publishes a commit
 * of its own with the tree of the earlier version; that counts as that version. Throws E_LIVE_COMMIT, E_NO_TAG.
 */
export async function readBuild(
  { git, host }: Pick<Services, 'git' | 'host'>,
  env: string,
): Promise<LiveBuild> {
  const live = await host.liveVersion(env);
  const version = readVersion(live.version);
  const tag = version === undefined ? undefined : await git.tag(version satisfies Version);
  const commit = await findCommit(git, live, tag);
  const isReleased = tag !== undefined && (tag.commit === commit || (await git.sameTree(tag.commit, commit)));
  return { version: version ?? live.version, commit, isReleased };
}
