import { isReleaseError } from '../../domain/failure.ts';
import type { BringBackOrder } from '../../services/git/port.ts';
import type { Wired } from '../wired.ts';

/** True while something is missing at `base` that the commit `taken` took out; also when nobody can tell. */
export async function isMissing(
  { services: { git } }: Wired,
  { version, base, taken, at }: Pick<BringBackOrder, 'version' | 'base' | 'taken' | 'at'>,
): Promise<boolean> {
  try {
    const order = { version, base, baseName: base.slice(0, 7), taken, at };
    return (await git.makeBringBack(order)) !== undefined;
  } catch (error) {
    if (isReleaseError(error, 'E_MERGE_CONFLICT')) return true;
    throw error;
  }
}
