import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { type DriftRecord, foldDrift, listBaselines } from '../../ledger/fold-drift.ts';

const noSuchRun = (since: string, runs: readonly string[]): ReleaseError =>
  new ReleaseError('E_RUN_UNKNOWN', {
    what: `No set-up was accepted in run "${since.slice(0, 60)}".${didYouMean(since, runs)}`,
    next:
      runs.length === 0 ? 'release drift --accept --reason "…"' : `Accepted: ${runs.slice(-5).join(', ')}.`,
    state: 'untouched',
  });

/** What the ledger says, with the baseline that counts now or the one of a named run. Throws E_RUN_UNKNOWN (exit 2). */
export function findDriftRecord(
  events: readonly LedgerEvent[],
  now: Date,
  since: string | undefined,
): DriftRecord {
  if (since === undefined) return foldDrift(events, now);
  const runs = listBaselines(events).map(({ run }) => run);
  if (!runs.includes(since)) throw noSuchRun(since, runs);
  return foldDrift(events, now, ({ run }) => run === since);
}
