import { readVersion, type Version } from '../../domain/version.ts';
import type { Services } from '../../services/services.ts';
import { findLiveCommit } from '../find-live-commit.ts';

/** The code that is live. */
export interface LiveBuild {
  /** With its `v`. */
  readonly version: string;
  readonly commit: string;
  /** True when it is what a release tag of this version holds: nobody published anything else. */
  readonly isReleased: boolean;
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
  const commit = await findLiveCommit(git, live, tag);
  const isReleased = tag !== undefined && (tag.commit === commit || (await git.sameTree(tag.commit, commit)));
  return { version: version ?? live.version, commit, isReleased };
}
