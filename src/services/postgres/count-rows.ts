import * as z from 'zod';
import type { WrittenRows } from './port.ts';
import type { ReadRows } from './session.ts';

const tableShape = z.object({ quoted: z.string(), shown: z.string() });
const countShape = z.object({ at: z.number(), rows: z.coerce.number() });

/** Name of the table `c` in the schema `n` as people call it, in SQL. */
export const SHOWN = `case when n.nspname = 'public' then c.relname::text else n.nspname || '.' || c.relname end`;

/**
 * Tables of the application, as the FROM and WHERE of a query: `c` and `n`. Our own fence and the journals are no data of
 * it. Partitions stand one by one.
 */
export const APPLICATION_TABLES = `
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'release_runbook')
    and (n.nspname, c.relname) <> ('drizzle', '__drizzle_migrations')
    and c.oid is distinct from to_regclass('schema_migrations')`;

const TABLES = `select format('%I.%I', n.nspname, c.relname) as quoted, ${SHOWN} as shown
  ${APPLICATION_TABLES} order by 2`;

/** A policy would hide rows; with this, PostgreSQL refuses instead. */
export const SEE_ALL_ROWS = `select set_config('row_security', 'off', true)`;

interface Counting {
  /** Which rows count; `$1` and on are `values`. */
  readonly condition?: string;
  readonly values?: readonly unknown[];
  /** Tables by the name that people use; default: all. */
  readonly only?: readonly string[];
}

/** Rows of tables of the application, tables without one included. Names that are not there are left out. */
export async function countRows(
  rows: ReadRows,
  { condition = 'true', values = [], only }: Counting = {},
): Promise<readonly WrittenRows[]> {
  await rows(z.unknown(), SEE_ALL_ROWS);
  const all = await rows(tableShape, TABLES);
  const tables = only === undefined ? all : all.filter(({ shown }) => only.includes(shown));
  if (tables.length === 0) return [];
  const parts = tables.map(
    ({ quoted }, at) => `select ${at} as at, count(*) as rows from ${quoted} where ${condition}`,
  );
  const counts = new Map(
    (await rows(countShape, parts.join(' union all '), values)).map((one) => [one.at, one.rows]),
  );
  return tables.map(({ shown }, at) => ({ table: shown, rows: counts.get(at) ?? 0 }));
}
