import type { Moment } from '../../domain/moment.ts';
import { type DatabaseWay, sayDatabaseState, sayDataLoss } from './database-way.ts';
import { sayMissing } from './story.ts';
import { isDataShown } from './verification.ts';

/** What `rollback --reconcile` noted last; a comparison that left anything out shows nothing. */
function whyNotReconciled({ facts }: Moment, way: DatabaseWay): string | undefined {
  if (facts.reconciliation === undefined)
    return `The database was changed: ${sayDatabaseState(way)}. ${sayDataLoss(way)}, and nobody has compared it (release rollback --reconcile)`;
  return facts.reconciliation.whole === true
    ? undefined
    : 'The last comparison after the restore found rows that differ, or could not compare everything';
}

/**
 * Why nobody may tell customers that no data was lost (E-86, COM-08); undefined only where the record of the run shows
 * it: a database that was left alone and answered its integrity questions, or a restore of which a comparison found
 * nothing missing. What rollback scripts took is never counted.
 */
export function whyNotLossless(moment: Moment, way: DatabaseWay): string | undefined {
  const [missing] = sayMissing(moment);
  if (missing !== undefined) return `Not recorded as done: ${missing}`;
  if (way.kind === 'scripts')
    return `The database was changed: ${sayDatabaseState(way)}. ${sayDataLoss(way)}`;
  if (way.kind === 'restored') return whyNotReconciled(moment, way);
  return isDataShown(moment)
    ? undefined
    : 'The database was left alone, and no integrity question was answered after it';
}
