import { ReleaseError } from '../../domain/failure.ts';
import { readVersion } from '../../domain/version.ts';
import type { Inventory } from '../../services/app/port.ts';
import type { GitPort } from '../../services/git/port.ts';
import { findLiveCommit } from '../find-live-commit.ts';

const noBuild = (address: string): ReleaseError =>
  new ReleaseError('E_INVENTORY', {
    what: `${address} tells neither version nor commit.`,
    why: 'What a release changes is computed between two commits; without it every change would look like a fault.',
    next: 'Let the application answer `commit` (schema/app-health.schema.json).',
    state: 'untouched',
  });

/** The commit that an application runs. Throws E_INVENTORY, E_LIVE_COMMIT, E_NO_TAG. */
export async function findCommit(
  git: Pick<GitPort, 'tag' | 'contains'>,
  { address, version: said, commit }: Inventory,
): Promise<string> {
  if (said === undefined && commit === undefined) throw noBuild(address);
  const version = readVersion(said ?? '');
  const tag = version === undefined ? undefined : await git.tag(version);
  const live = { version: said ?? 'an unknown version', ...(commit === undefined ? {} : { commit }) };
  return findLiveCommit(git, live, tag);
}
