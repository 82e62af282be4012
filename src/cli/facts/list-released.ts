import { isCandidate, type Version } from '../../domain/version.ts';
import type { GitPort } from '../../services/git/port.ts';

/** Released versions, newest first, without candidates (E-33). */
export async function listReleased(git: Pick<GitPort, 'versions'>): Promise<readonly Version[]> {
  return (await git.versions()).filter((version) => !isCandidate(version));
}
