import { isReleaseError } from '../../domain/failure.ts';
import type { Facts, ReleaseScope } from '../../kit.ts';
import { readPlanned } from '../prepare/read-planned.ts';
import type { Wired } from '../wired.ts';

/** The day that is planned for this release by the record of preparations, for the checks that go by it. */
export async function readPlannedDay(wired: Wired, release: ReleaseScope | undefined): Promise<Facts> {
  if (release === undefined) return {};
  try {
    const day = (await readPlanned(wired, release.version))?.day;
    return { plannedDay: day === undefined ? {} : { day } };
  } catch (error) {
    if (isReleaseError(error)) return { plannedDay: { unread: error.text.what } };
    throw error;
  }
}
