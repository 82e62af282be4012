import type { Runbook } from '../../config/schema/index.ts';
import { fillBaseline } from '../../domain/integrity.ts';
import {
  countKeptSql,
  countOrphansSql,
  largestKeySql,
  type Reference,
  referenceOf,
} from '../../domain/integrity-sql.ts';

export type Query = Runbook['integrity'][number];
export type Rows = Extract<Query, { expect: 'no-row-lost' }>;
export type Orphans = Extract<Query, { expect: 'no-orphans' }>;

/** The database that is asked. */
export interface IntegrityReader {
  /** Runs one SELECT that answers one number. */
  number(sql: string): Promise<number>;
  /** Every foreign key there is. */
  references(): Promise<readonly Reference[]>;
}

/** The answers before a change, and the moment they hold for, in seconds since 1970 by the database's own clock. */
export interface Baseline {
  readonly numbers: Readonly<Record<string, number>>;
  readonly at: number | undefined;
}

// The database's own clock: it wrote the timestamps that the queries compare with.
const MOMENT = 'select extract(epoch from clock_timestamp())';

export const keyOfLargest = ({ id }: Rows): string => `${id}:largest`;
export const keyOfReference = ({ id }: Orphans, { name }: Reference): string => `${id}:${name}`;

export const referencesOf = async (
  { references }: Orphans,
  read: IntegrityReader,
): Promise<readonly Reference[]> => [...(await read.references()), ...references.map(referenceOf)];

/** The largest key first: rows that come between the two questions are above it, and counted in neither. */
async function countRows(query: Rows, at: number, read: IntegrityReader): Promise<[string, number][]> {
  const largest = query.key === undefined ? 0 : await read.number(largestKeySql(query));
  const count = await read.number(countKeptSql(query, at, largest));
  const counted: [string, number] = [query.id, count];
  return query.key === undefined ? [counted] : [counted, [keyOfLargest(query), largest]];
}

async function countOrphans(query: Orphans, read: IntegrityReader): Promise<[string, number][]> {
  const references = await referencesOf(query, read);
  return Promise.all(
    references.map(
      async (one): Promise<[string, number]> => [
        keyOfReference(query, one),
        await read.number(countOrphansSql(one)),
      ],
    ),
  );
}

async function countOne(query: Query, at: number, read: IntegrityReader): Promise<[string, number][]> {
  if (query.expect === 'no-row-lost') return countRows(query, at, read);
  if (query.expect === 'no-orphans') return countOrphans(query, read);
  return [[query.id, await read.number(fillBaseline(query.sql, at))]];
}

/**
 * Asks every query once, before the change (DAT rows; E-26: a stored baseline with counts, largest keys and a fixed
 * timestamp). Throws where one has no answer: nobody could say afterwards that nothing was lost.
 */
export async function readBaseline(
  queries: readonly Query[],
  read: IntegrityReader,
): Promise<Baseline & { readonly at: number }> {
  const at = await read.number(MOMENT);
  const pairs = await Promise.all(queries.map((query) => countOne(query, at, read)));
  return { numbers: Object.fromEntries(pairs.flat()), at };
}
