import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { RestorePoint } from '../../services/postgres/port.ts';

/** A rollback that restored the database: where to, and where the state before it is. */
export interface Restored {
  readonly run: string;
  readonly point: RestorePoint;
  readonly keptAs: string;
  /** When the restore was done (ISO), by the clock of the machine that did it: the end of the gap. */
  readonly endedAt: string;
}

const STEP = 'restore-database';

const noRestore = (wanted: string | undefined, env: string): ReleaseError =>
  new ReleaseError('E_NO_RESTORE', {
    what:
      wanted === undefined
        ? `No rollback of ${env} has restored the database.`
        : `The ledger of ${env} knows no run ${oneLine(wanted, 60)} that restored the database.`,
    why: 'Only a restore takes rows away; rollback scripts and --db none leave them where they are.',
    next: 'release history shows the runs. One that went past the ledger is known after release ledger sync.',
    state: 'untouched',
  });

const inputOf = ({ plan }: RunState, step: string): JsonObject | undefined => {
  const entry = plan.entries.find((one) => one.kind === 'step' && one.step === step);
  return entry?.kind === 'step' ? (entry.input as JsonObject) : undefined;
};

function asRestored(state: RunState): Restored | undefined {
  const ended = state.entries[STEP];
  const { at, lsn, xid } = inputOf(state, 'postgres.count-loss') ?? {};
  const keptAs = state.facts[STEP]?.keptAs;
  if (ended?.state !== 'done' || typeof keptAs !== 'string') return undefined;
  if (typeof at !== 'string' || typeof lsn !== 'string' || typeof xid !== 'string') return undefined;
  return { run: state.run, point: { at, lsn, xid }, keptAs, endedAt: ended.at };
}

/** The last restore, or that of the wanted run. Throws E_NO_RESTORE. */
export function findRestored(runs: readonly RunState[], wanted: string | undefined, env: string): Restored {
  const among = runs.filter(({ run }) => wanted === undefined || run === wanted);
  const found = among.map(asRestored).findLast((one) => one !== undefined);
  if (found === undefined) throw noRestore(wanted, env);
  return found;
}
