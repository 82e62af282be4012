import { isReleaseError } from '../../domain/failure.ts';
import { isLeftover, REHEARSAL_PREFIX } from '../../domain/rehearsal-branch.ts';
import type { NeonPort } from '../../services/neon/port.ts';

/** Branches of killed rehearsals. */
export interface Leftovers {
  /** Those that were deleted. */
  readonly removed: readonly string[];
  /** Those that could not be. */
  readonly left: readonly string[];
}

/** Deletes what killed rehearsals left; one that cannot be deleted is named and holds nothing up. */
export async function clearLeftovers(
  neon: Pick<NeonPort, 'branchesNamed' | 'deleteBackup'>,
  env: string,
  now: Date,
): Promise<Leftovers> {
  const [removed, left]: [string[], string[]] = [[], []];
  for (const { id, name } of await neon.branchesNamed(env, REHEARSAL_PREFIX)) {
    if (!isLeftover(name, now)) continue;
    try {
      await neon.deleteBackup(env, id);
      removed.push(name);
    } catch (error) {
      if (!isReleaseError(error)) throw error;
      left.push(name);
    }
  }
  return { removed, left };
}
