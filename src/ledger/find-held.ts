import type { EntryState, RunState } from './fold.ts';

/** Since when something is held back from users. `inDoubt`: it was begun, and nobody knows whether it happened. */
export interface HeldBack {
  readonly since: string;
  readonly inDoubt: boolean;
}

/**
 * A switch that was begun and never answered may have happened all the same, and one that failed may have failed
 * after it happened; a warned one left no time behind and was gone past on purpose.
 */
function readSwitch(entry: EntryState | undefined): HeldBack | undefined {
  if (entry?.state === 'done') return { since: entry.at, inDoubt: false };
  if (entry?.state === 'intent' || entry?.state === 'failed') return { since: entry.firstAt, inDoubt: true };
  return undefined;
}

/** The first certain one counts; without one the first that is in doubt. */
const earlier = (before: HeldBack | undefined, found: HeldBack | undefined): HeldBack | undefined =>
  before === undefined || (before.inDoubt && found?.inDoubt === false) ? (found ?? before) : before;

function release(held: HeldBack | undefined, off: EntryState | undefined): HeldBack | undefined {
  if (held === undefined || off === undefined || off.state === 'warned' || off.at < held.since) return held;
  if (off.state === 'done') return undefined;
  return off.state === 'intent' ? { ...held, inDoubt: true } : held;
}

/** Folds every run in its order: a later one may release what an earlier one held. */
const findHeld = (runs: readonly RunState[], on: readonly string[], off: string): HeldBack | undefined =>
  runs.reduce<HeldBack | undefined>(
    (held, { entries }) =>
      release(on.map((name) => readSwitch(entries[name])).reduce(earlier, held), entries[off]),
    undefined,
  );

/** Entries that switch it on; a rollback does so twice, because the first time the application may be down. */
const SWITCH_ON = ['maintenance-on', 'maintenance-kept'];

/** Since when maintenance mode is on, or may be on, by the ledger; undefined when it is off (F65). */
export const findMaintenanceSince = (runs: readonly RunState[]): HeldBack | undefined =>
  findHeld(runs, SWITCH_ON, 'maintenance-off');

/** Since when background jobs are paused, or may be, by the ledger; undefined when they run (RBX-2.2, RBX-6.2). */
export const findJobsPausedSince = (runs: readonly RunState[]): HeldBack | undefined =>
  findHeld(runs, ['pause-jobs'], 'resume-jobs');
