import * as z from 'zod';
import { ReleaseError } from '../../domain/failure.ts';
import type { Address } from './address.ts';
import { type Ask, COUNTING_MS } from './ask.ts';
import { countRows } from './count-rows.ts';
import type { RestorePoint, WrittenRows } from './port.ts';
import { type ReadRows, readOne } from './session.ts';

const pointShape = z.object({ at: z.string(), lsn: z.string(), xid: z.string() });

// The position where the next record will go, read after the snapshot: whatever the snapshot sees lies before it,
// also a commit that the server has not flushed yet (synchronous_commit = off).
const POINT = `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  pg_current_wal_insert_lsn()::text as lsn, pg_current_snapshot()::text as xid`;

/**
 * The present moment by the clock and the log of the database (E-45). `xid` is a snapshot, so that a transaction
 * that was open then and ended later is told from one that had ended.
 */
export const readRestorePoint = (ask: Ask, address: Address): Promise<RestorePoint> =>
  ask(address, {
    doing: 'say where it stands in its log',
    read: (rows) => readOne(rows, pointShape, POINT),
  });

const boundsShape = z.object({ next: z.string(), end: z.string(), first: z.string() });

/** `$1` and `$2` of `writtenIn`. */
export type Bounds = readonly [next: string, first: string];

const BOUNDS = `select pg_snapshot_xmax(pg_current_snapshot())::text as next, pg_snapshot_xmax(p)::text as end,
  pg_snapshot_xmin(p)::text as first from (select $1::pg_snapshot as p) as point`;

// A row holds the lower half of the transaction's number only. Every number that a row can show was given out before
// $1, the next one, so the full number is the nearest below it.
const numberIn = (table?: string): { readonly half: string; readonly full: string } => {
  const half = `${table === undefined ? '' : `${table}.`}xmin::text::bigint`;
  return { half, full: `($1::bigint - mod($1::bigint - ${half}, 4294967296))` };
};

/**
 * SQL that is true for a row of `table` that was written after a restore point, with `readBounds` as its first values.
 * A transaction that was open then has numbers for its savepoints that no snapshot lists: every number from the oldest
 * open one on counts, so that none of its rows is missed. Numbers under 3 are the server's own.
 */
export function writtenIn(table?: string): string {
  const { half, full } = numberIn(table);
  return `(${half} >= 3 and ${full} >= $2::bigint)`;
}

/** SQL that is true where `writtenIn` is not only cautious: the snapshot `point` (SQL) did not see the row's writer. */
export function surelyWrittenIn(table: string, point: string): string {
  const { full } = numberIn(table);
  const open = `array(select pg_snapshot_xip(${point})::text::bigint)`;
  return `(${full} >= pg_snapshot_xmax(${point})::text::bigint or ${full} = any(${open}))`;
}

const notItsPast = (address: Address, at: string): ReleaseError =>
  new ReleaseError('E_RESTORE_REFUSED', {
    what: `The restore point of ${at} does not lie in the past of ${address.called}.`,
    why: 'It has used fewer transactions than the point had: it was restored meanwhile, or it is another one.',
    next: 'Choose a restore point of this database.',
    state: 'untouched',
  });

/** The snapshot of a point, also of one that holds a single number. */
export const snapshotOf = ({ xid }: Pick<RestorePoint, 'xid'>): string =>
  xid.includes(':') ? xid : `${xid}:${xid}:`;

/** What tells rows written after the point in this database. Throws E_RESTORE_REFUSED when it is not its past. */
export async function readBounds(rows: ReadRows, address: Address, point: RestorePoint): Promise<Bounds> {
  const bounds = await readOne(rows, boundsShape, BOUNDS, [snapshotOf(point)]);
  if (BigInt(bounds.next) < BigInt(bounds.end)) throw notItsPast(address, point.at);
  return [bounds.next, bounds.first];
}

/**
 * Rows per table that are there now and were written after the point: what a restore would take (RBX-4C1). An
 * updated row counts once; so may one of a transaction that ended just before the point. Deleted rows leave nothing behind that could be counted. In a database that has used
 * more than four billion transactions a very old row can be counted by chance. A policy that hides rows is
 * E_DB_RIGHTS, never a smaller number.
 */
export const readWritten = (
  ask: Ask,
  address: Address,
  point: RestorePoint,
): Promise<readonly WrittenRows[]> =>
  ask(address, {
    doing: 'count what was written since the restore point',
    limitMs: COUNTING_MS,
    read: async (rows) => {
      const values = await readBounds(rows, address, point);
      const counted = await countRows(rows, { condition: writtenIn(), values });
      return counted.filter((one) => one.rows > 0);
    },
  });
