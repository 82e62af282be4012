import { ReleaseError } from '../../domain/failure.ts';
import { readVersion } from '../../domain/version.ts';
import type { Inventory } from '../../services/app/port.ts';
import type { GitPort } from '../../services/git/port.ts';

const unknownCommit = ({ address, version }: Inventory): ReleaseError =>
  new ReleaseError('E_INVENTORY', {
    what: `${address} does not tell its commit${version === undefined ? ' or version' : `, and v${version} has no tag`}.`,
    why: 'What a release changes is computed between two commits; without it every change would look like a fault.',
    next: 'Let the application answer `commit` (schema/app-health.schema.json).',
    state: 'untouched',
  });

/** The commit that an application runs: as it says, or that of its version's tag. Throws E_INVENTORY. */
export async function findCommit(git: Pick<GitPort, 'tag'>, inventory: Inventory): Promise<string> {
  if (inventory.commit !== undefined) return inventory.commit;
  const version = readVersion(inventory.version ?? '');
  const tag = version === undefined ? undefined : await git.tag(version);
  if (tag === undefined) throw unknownCommit(inventory);
  return tag.commit;
}
