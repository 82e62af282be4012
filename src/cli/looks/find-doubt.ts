import { isReleaseError } from '../../domain/failure.ts';
import type { Week } from '../../ledger/fold-week.ts';
import { findOther } from '../watch/find-other.ts';
import { watchedOf } from '../watch/find-release.ts';
import { readLive } from '../watch/read-live.ts';
import type { Wired } from '../wired.ts';

/** Why nobody can say now that users have this release, and no other; undefined: they have. */
export async function findDoubt({ release, back }: Week, wired: Wired): Promise<string | undefined> {
  try {
    await readLive(wired);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return `the application does not say which version it is (${error.text.what})`;
  }
  const { other, doubt } = await findOther(watchedOf(release, back), wired);
  return other ?? doubt;
}
