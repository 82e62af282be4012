import { blockedBy, compareLocks, type LockMode } from './lock-mode.ts';

export interface HeldLock {
  readonly mode: LockMode;
  /** From the start of the statement that took it to the end of the transaction: an upper bound. */
  readonly heldMs: number;
}

/** What one migration file did to one table that was there before it. */
export interface MeasuredTable {
  readonly table: string;
  readonly locks: readonly HeldLock[];
  /** Its rows were written into a new file on the disk. */
  readonly rewritten: boolean;
  /** Rows that were read for it: a validation or an index that was built. */
  readonly read: number;
  /** Rows that were inserted, updated or deleted. */
  readonly written: number;
}

/** One migration file as it ran on a copy. Times in milliseconds. */
export interface MeasuredMigration {
  readonly tookMs: number;
  /** False when statements ran one by one outside of a transaction; rows are not counted then. */
  readonly inTransaction: boolean;
  /** Tables that were there before and that the file locked, read or wrote. */
  readonly tables: readonly MeasuredTable[];
}

/** What a file costs, in one word. `instant`: whatever it did does not grow with the tables. */
export type MigrationCost = 'rewrite' | 'scan' | 'write' | 'beside' | 'instant';

/** Told by what happened to the rows, not by the clock: a slow machine makes no rewrite out of an instant change. */
export function costOf({ inTransaction, tables }: MeasuredMigration): MigrationCost {
  if (tables.some(({ rewritten }) => rewritten)) return 'rewrite';
  if (!inTransaction) return 'beside';
  if (tables.some(({ written }) => written > 0)) return 'write';
  return tables.some(({ read }) => read > 0) ? 'scan' : 'instant';
}

/** A lock that keeps others waiting, and whom. */
export interface Blocking extends HeldLock {
  readonly table: string;
}

/** The lock that kept others waiting the longest; undefined when none would have. */
export function longestBlocking({ tables }: MeasuredMigration): Blocking | undefined {
  const all = tables.flatMap(({ table, locks }) => locks.map((lock) => ({ table, ...lock })));
  const blocking = all.filter(({ mode }) => blockedBy(mode) !== 'nothing');
  return blocking.sort((a, b) => b.heldMs - a.heldMs || compareLocks(b.mode, a.mode))[0];
}
