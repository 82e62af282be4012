import * as z from 'zod';
import { digestOf, GAP_SETTINGS } from '../../../domain/gap/gap.ts';
import type { Address } from '../address.ts';
import type { RestorePoint } from '../port.ts';
import { type Bounds, readBounds, snapshotOf, surelyWrittenIn, writtenIn } from '../restore-point.ts';
import type { ReadRows } from '../session.ts';
import type { TablePair } from './pair.ts';
import type { TableColumn } from './read-tables.ts';

/** One of the two states, in one read-only transaction. */
export interface Side {
  readonly rows: ReadRows;
  readonly bounds: Bounds;
  readonly snapshot: string;
}

/** Texts of some columns by name; a missing value is null. */
export type Texts = Readonly<Record<string, string | null>>;

const texts = z.record(z.string(), z.string().nullable());
const writtenShape = z.object({
  key: z.string(),
  known: texts,
  values: z.array(z.string()),
  digest: z.string(),
  hash: z.string(),
  isSure: z.boolean(),
});

/**
 * A row that was written after the restore point; unless `isSure`, it may also be one of a transaction that had just
 * ended. `hash` is that of its key.
 */
export type WrittenRow = z.infer<typeof writtenShape>;

const foundShape = z.object({
  asked: texts,
  key: z.string(),
  digest: z.string(),
  xmin: z.string(),
  isWritten: z.boolean(),
});
export type FoundRow = z.infer<typeof foundShape>;

const sumShape = z.object({ bucket: z.number(), sum: z.string() });
const keyShape = z.object({ key: z.string(), literal: z.string(), xmin: z.string(), seen: z.string() });

/** More rows of one table are not read: they would not fit into a file that a person reads. */
export const MOST_ROWS = 100_000;
const KEYS_AT_ONCE = 5_000;
/** Keys are compared in so many heaps; a power of two. */
const BUCKETS = 4096;

const listOf = (columns: readonly TableColumn[], write: (column: TableColumn) => string): string =>
  columns.map(write).join(', ');

const textsOf = (row: string, columns: readonly TableColumn[]): string =>
  `jsonb_object(array[${listOf(columns, (one) => one.literal)}], array[${listOf(columns, (one) => `${row}.${one.quoted}::text`)}])`;

const keysOf = ({ key, columns }: TablePair): readonly TableColumn[] =>
  columns.filter(({ name }) => key.includes(name));

const keyText = (pair: TablePair): string => `${textsOf('t', keysOf(pair))}::text`;
const hashOf = (pair: TablePair): string =>
  `hashtextextended(row(${listOf(keysOf(pair), (one) => `t.${one.quoted}`)})::text, 0)`;
const digestIn = ({ columns }: TablePair): string =>
  digestOf(
    't',
    columns.map(({ quoted }) => quoted),
  );
const bucketOf = (pair: TablePair): string => `(${hashOf(pair)} & ${BUCKETS - 1})::int`;

/** Heap of a key by its hash, as `bucketOf` tells it in SQL. */
export const bucketAt = (hash: string): number => Number(BigInt(hash) & BigInt(BUCKETS - 1));

/** Opens one state: every row is seen, and every value is written the same way. Throws E_RESTORE_REFUSED. */
export async function openSide(rows: ReadRows, address: Address, point: RestorePoint): Promise<Side> {
  for (const [name, value] of Object.entries(GAP_SETTINGS))
    await rows(z.unknown(), 'select set_config($1, $2, true)', [name, value]);
  return { rows, bounds: await readBounds(rows, address, point), snapshot: snapshotOf(point) };
}

/** Rows written after the point, one more than `MOST_ROWS` where there are more. */
export const readWrittenRows = (
  { rows, bounds, snapshot }: Side,
  pair: TablePair,
): Promise<readonly WrittenRow[]> =>
  rows(
    writtenShape,
    `select ${keyText(pair)} as key, ${textsOf('t', pair.known)} as known,
       array[${listOf(pair.columns, (one) => `quote_nullable(t.${one.quoted}::text)`)}] as values,
       ${digestIn(pair)} as digest, ${hashOf(pair)}::text as hash,
       ${surelyWrittenIn('t', '$3::pg_snapshot')} as "isSure"
     from only ${pair.quoted} as t where ${writtenIn('t')}
     order by ${listOf(keysOf(pair), (one) => `t.${one.quoted}`)} limit ${MOST_ROWS + 1}`,
    [...bounds, snapshot],
  );

/** Rows in which `columns` hold one of the wanted texts; `asked` is the text that found it. */
export async function lookUp(
  { rows, bounds }: Side,
  pair: TablePair,
  columns: readonly TableColumn[],
  wanted: readonly Texts[],
): Promise<readonly FoundRow[]> {
  const types = listOf(columns, (one) => `${one.quoted} ${one.type}`);
  const same = columns.map((one) => `t.${one.quoted} = w.${one.quoted}`).join(' and ');
  const found: FoundRow[] = [];
  for (let from = 0; from < wanted.length; from += KEYS_AT_ONCE) {
    const json = JSON.stringify(wanted.slice(from, from + KEYS_AT_ONCE));
    const sql = `select ${textsOf('w', columns)} as asked, ${keyText(pair)} as key, ${writtenIn('t')} as "isWritten",
        ${digestIn(pair)} as digest, t.xmin::text as xmin
      from only ${pair.quoted} as t join jsonb_to_recordset($3::jsonb) as w(${types}) on ${same}`;
    found.push(...(await rows(foundShape, sql, [...bounds, json])));
  }
  return found;
}

/** Sum of the hashes of all keys, by heap: equal where the keys are. */
export async function sumKeys({ rows }: Side, pair: TablePair): Promise<ReadonlyMap<number, bigint>> {
  const sql = `select ${bucketOf(pair)} as bucket, sum(${hashOf(pair)})::text as sum
    from only ${pair.quoted} as t group by 1`;
  return new Map((await rows(sumShape, sql)).map(({ bucket, sum }) => [bucket, BigInt(sum)]));
}

/** Keys of some heaps; of the present state without those that were written since. */
export const readKeys = (
  { rows, bounds }: Side,
  pair: TablePair,
  buckets: readonly number[],
  untouched: boolean,
) =>
  rows(
    keyShape,
    `select key, quote_literal(key) as literal, xmin, seen from (
       select ${keyText(pair)} as key, t.xmin::text as xmin, ${digestIn(pair)} as seen from only ${pair.quoted} as t
       where ${bucketOf(pair)} = any($3::int[]) and (not $4 or not ${writtenIn('t')})) as found order by 1`,
    [...bounds, buckets, untouched],
  );

export const keyColumns = keysOf;
