import { isSameBuild } from '../../domain/same-build.ts';
import { readVersion, releaseOf, type Version } from '../../domain/version.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';
import { listCandidates } from './find-candidate.ts';

/**
 * What runs, by the name of its tag: an application says the number of its release, and the commit tells which candidate
 * of it that is. The number alone where no tag has that commit. Empty for nothing.
 */
export async function nameLive(
  live: LiveVersion | undefined,
  wired: Pick<Wired, 'services'>,
): Promise<string> {
  if (live === undefined) return '';
  const said = readVersion(live.version);
  if (said === undefined || live.commit === undefined) return `v${live.version}`;
  const { commit } = live;
  const release = releaseOf<Version>(said);
  const own = await wired.services.git.tag(release);
  const tags = [...(own ? [own] : []), ...(await listCandidates(wired, release))];
  const found = tags.find((tag) =>
    isSameBuild({ version: release, commit }, { version: release, commit: tag.commit }),
  );
  return found?.version ?? said;
}
