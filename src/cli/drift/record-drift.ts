import type { DriftReport } from '../../kit/drift/make-drift-report.ts';
import type { NewEvent } from '../../ledger/event.ts';
import type { Wired } from '../wired.ts';
import type { DriftRequest } from './drift-request.ts';

/** Every look at the set-up stands in the ledger, also one that found nothing (DRF-08). */
export const checkedEvent = (run: string, report: DriftReport): NewEvent => ({
  id: `${run}:drift.checked`,
  run,
  type: 'drift.checked',
  data: {
    call: report.call,
    changes: report.changes,
    unknown: report.unknown.map(({ check }) => check),
    baseline: report.baseline?.run ?? '',
    digest: report.digest,
  },
});

/** The one event that moves the baseline (E-64). */
export const acceptedEvent = (
  run: string,
  { state, version, commit }: DriftReport,
  { reason, until }: NonNullable<DriftRequest['accept']>,
): NewEvent => ({
  id: `${run}:drift.accepted`,
  run,
  type: 'drift.accepted',
  data: { reason, state, version, commit, ...(until === undefined ? {} : { until }) },
});

/** Notes it; a ledger that cannot be written does not change what was seen, so that it is a warning. */
export async function noteOrWarn({ ledger, scope }: Wired, event: NewEvent): Promise<string[]> {
  try {
    await ledger.note(scope, event);
    return [];
  } catch (error) {
    return [`This is not in the ledger: ${error instanceof Error ? error.message : 'it cannot be written'}`];
  }
}
