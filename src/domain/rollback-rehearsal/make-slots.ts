import type { Plan, PlanEntry } from '../plan.ts';
import type { RollbackEstimate, TimeSource } from './estimate-rollback.ts';

/** The time of a rollback in which code or data go back, in ms from its beginning. */
export interface Slot {
  readonly slot: 'code' | 'database';
  readonly fromMs: number;
  readonly toMs: number;
  /** The weakest of its times: one that is only assumed makes all of it assumed. */
  readonly source: TimeSource;
}

const CODE = ['git.restore-version', 'host.publish', 'host.prove-live'];
const DATABASE = ['postgres.count-loss', 'neon.restore', 'postgres.raise-sequences', 'postgres.revert'];
const WEAKEST_LAST: readonly TimeSource[] = ['measured', 'earlier', 'usual', 'assumed'];

function slotOf(entry: PlanEntry): Slot['slot'] | undefined {
  if (entry.kind !== 'step') return undefined;
  if (CODE.includes(entry.step)) return 'code';
  return DATABASE.includes(entry.step) ? 'database' : undefined;
}

const weaker = (one: TimeSource, other: TimeSource): TimeSource =>
  WEAKEST_LAST.indexOf(one) > WEAKEST_LAST.indexOf(other) ? one : other;

/**
 * When code and database go back, in the order of the plan (RBX-3t, RBX-4t, E-81). What stands between two entries of
 * one kind ends a slot; the restore commit that comes last is a slot of its own.
 */
export function makeSlots({ entries }: Pick<Plan, 'entries'>, estimate: RollbackEstimate): readonly Slot[] {
  const slots: Slot[] = [];
  let at = 0;
  let before: Slot['slot'] | undefined;
  for (const [i, entry] of entries.entries()) {
    const { ms = 0, source = 'assumed' } = estimate.entries[i] ?? {};
    const slot = slotOf(entry);
    const open = slot !== undefined && slot === before ? slots.pop() : undefined;
    if (slot !== undefined)
      slots.push({
        slot,
        fromMs: open?.fromMs ?? at,
        toMs: at + ms,
        source: open ? weaker(open.source, source) : source,
      });
    before = slot;
    at += ms;
  }
  return slots;
}
