import { minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { RestorePoint } from '../../services/postgres/port.ts';
import type { Wired } from '../wired.ts';

/** A rollback that restored the database: where to, and where the state before it is. */
export interface Restored {
  readonly run: string;
  readonly point: RestorePoint;
  readonly keptAs: string;
  /** When the restore was done (ISO), by the clock of the machine that did it: the end of the gap. */
  readonly endedAt: string;
}

const STEP = 'restore-database';

/** A restore may take so long after the last that was recorded of it: an event too many is harmless, one missed is not. */
const LONGEST_MS = minutes(10);

const noRestore = (wanted: string | undefined, env: string): ReleaseError =>
  new ReleaseError('E_NO_RESTORE', {
    what:
      wanted === undefined
        ? `The ledger of ${env} knows no rollback that restored the database.`
        : `The ledger of ${env} knows no run ${oneLine(wanted, 60)} that restored the database.`,
    why: `Only a restore takes rows away. One with --break-glass is known here after release ledger sync --env ${env}.`,
    next: 'release history shows the runs.',
    state: 'untouched',
  });

const inDoubt = (run: string, keepAs: string, said: string): ReleaseError =>
  new ReleaseError('E_NO_RESTORE', {
    what: `Run ${run} began a restore, and nobody recorded its end; the branch ${keepAs} ${said}.`,
    why: 'Whether it happened is in doubt, and an earlier restore would answer another question.',
    next: 'release rollback --resume brings it to an end. For an earlier restore name its run.',
    state: 'untouched',
  });

const inputOf = ({ plan }: RunState, step: string): JsonObject | undefined => {
  const entry = plan.entries.find((one) => one.kind === 'step' && one.step === step);
  return entry?.kind === 'step' ? (entry.input as JsonObject) : undefined;
};

type Asked = Pick<Wired, 'env' | 'services' | 'configured'>;

/**
 * When a restore ended whose end nobody recorded: a process may die after Neon was done. Undefined when it did not
 * happen. Throws E_NO_RESTORE when that is in doubt.
 */
async function findEnd(state: RunState, keepAs: string, wired: Asked): Promise<string | undefined> {
  const entry = state.entries[STEP];
  if (!wired.configured.has('neon')) throw inDoubt(state.run, keepAs, 'cannot be looked for');
  const kept = await wired.services.neon.findBackup(wired.env, keepAs);
  if (kept?.ready === true) return new Date(Date.parse(state.lastAt) + LONGEST_MS).toISOString();
  if (kept !== undefined) throw inDoubt(state.run, keepAs, 'is not ready');
  if (entry?.state === 'intent') throw inDoubt(state.run, keepAs, 'is not there');
  return undefined;
}

/** What a run restored; undefined when it did not. Throws E_NO_RESTORE when that is in doubt. */
export async function readRestored(state: RunState, wired: Asked): Promise<Restored | undefined> {
  const entry = state.entries[STEP];
  const { at, lsn, xid } = inputOf(state, 'postgres.count-loss') ?? {};
  const keptAs = state.facts[STEP]?.keptAs ?? inputOf(state, 'neon.restore')?.keepAs;
  if (entry === undefined || typeof keptAs !== 'string') return undefined;
  if (typeof at !== 'string' || typeof lsn !== 'string' || typeof xid !== 'string') return undefined;
  const endedAt = entry.state === 'done' ? entry.at : await findEnd(state, keptAs, wired);
  return endedAt === undefined ? undefined : { run: state.run, point: { at, lsn, xid }, keptAs, endedAt };
}

/**
 * The last restore, or that of the wanted run. Throws E_NO_RESTORE, also when the last one is in doubt: an older one is
 * never taken instead without a word.
 */
export async function findRestored(
  runs: readonly RunState[],
  wanted: string | undefined,
  wired: Asked,
): Promise<Restored> {
  const among = runs.filter(({ run }) => wanted === undefined || run === wanted);
  for (const state of [...among].reverse()) {
    const found = await readRestored(state, wired);
    if (found !== undefined) return found;
  }
  throw noRestore(wanted, wired.env);
}
