import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Facts, ReleaseScope } from '../../kit.ts';
import { findRollbackRehearsal } from '../../ledger/find-rollback-rehearsal.ts';
import type { Wired } from '../wired.ts';

/** What the ledger knows of the way back from this release to what is live, for the check that judges it. */
export async function readRollbackRehearsal(
  { ledger, scope, digest }: Pick<Wired, 'ledger' | 'scope' | 'digest'>,
  release: ReleaseScope | undefined,
): Promise<Facts> {
  // A deploy plans from '' where it could not be found out what is live.
  if (!release?.from) return {};
  try {
    const found = findRollbackRehearsal(await ledger.read(scope), {
      from: release.version,
      to: release.from,
    });
    return {
      rollbackRehearsal: {
        configDigest: digest,
        ...(found === undefined ? {} : { found }),
      } as unknown as JsonObject,
    };
  } catch (error) {
    if (isReleaseError(error)) return { rollbackRehearsal: { unread: error.text.what } };
    throw error;
  }
}
