import { ReleaseError } from '../../domain/failure.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';

const unknownRun = (run: string, open: RunState | undefined, scope: string): ReleaseError =>
  new ReleaseError('E_RUN_UNKNOWN', {
    what: `The ledger of ${scope} has no run ${run}.`,
    next: open ? `The run that can go on is ${open.run}.` : 'release history lists the runs.',
    state: 'untouched',
  });

const noOpenRun = (scope: string): ReleaseError =>
  new ReleaseError('E_NOTHING_TO_RESUME', {
    what: `No run of ${scope} can go on.`,
    next: 'release step begin <version> begins one.',
    state: 'untouched',
  });

/** The run of this name, or the one that can go on. Throws E_RUN_UNKNOWN or E_NOTHING_TO_RESUME (exit 2). */
export function findRun(events: readonly LedgerEvent[], name: string | undefined, scope: string): RunState {
  const runs = foldRuns(events);
  const open = findOpenRun(runs);
  if (name === undefined && open === undefined) throw noOpenRun(scope);
  const found = name === undefined ? open : runs.find(({ run }) => run === name);
  if (found === undefined) throw unknownRun(String(name), open, scope);
  return found;
}
