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

const boundsShape = z.object({ next: z.string(), first: z.string(), open: z.array(z.string()) });

/** `$1`, `$2` and `$3` of `writtenIn`. */
export type Bounds = readonly [next: string, first: string, open: readonly string[]];

const BOUNDS = `select pg_snapshot_xmax(pg_current_snapshot())::text as next, pg_snapshot_xmax(p)::text as first,
  array(select pg_snapshot_xip(p)::text) as open from (select $1::pg_snapshot as p) as point`;

/**
 * SQL that is true for a row of `table` that was written after a restore point, with `readBounds` as its first values.
 * A row holds the lower half of the transaction's number only. Every number that a row can show was given out before
 * $1, the next one, so the full number is the nearest below it. Numbers under 3 are the server's own.
 */
export function writtenIn(table?: string): string {
  const xmin = `${table === undefined ? '' : `${table}.`}xmin::text::bigint`;
  const full = `($1::bigint - mod($1::bigint - ${xmin}, 4294967296))`;
  return `(${xmin} >= 3 and (${full} >= $2::bigint or ${full} = any($3::bigint[])))`;
}

const notItsPast = (address: Address, at: string): ReleaseError =>
  new ReleaseError('E_RESTORE_REFUSED', {
    what: `The restore point of ${at} does not lie in the past of ${address.called}.`,
    why: 'It has used fewer transactions than the point had: it was restored meanwhile, or it is another one.',
    next: 'Choose a restore point of this database.',
    state: 'untouched',
  });

/** What tells rows written after the point in this database. Throws E_RESTORE_REFUSED when it is not its past. */
export async function readBounds(rows: ReadRows, address: Address, point: RestorePoint): Promise<Bounds> {
  const snapshot = point.xid.includes(':') ? point.xid : `${point.xid}:${point.xid}:`;
  const bounds = await readOne(rows, boundsShape, BOUNDS, [snapshot]);
  if (BigInt(bounds.next) < BigInt(bounds.first)) throw notItsPast(address, point.at);
  return [bounds.next, bounds.first, bounds.open];
}

/**
 * Rows per table that are there now and were written after the point: what a restore would take (RBX-4C1). An
 * updated row counts once. Deleted rows leave nothing behind that could be counted. In a database that has used
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
