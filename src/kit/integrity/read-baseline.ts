import type { Runbook } from '../../config/schema/index.ts';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { fillBaseline } from '../../domain/integrity.ts';
import {
  countKeptSql,
  countOrphansSql,
  largestKeySql,
  type Reference,
  referenceOf,
} from '../../domain/integrity-sql.ts';
import type { JsonObject } from '../../domain/json.ts';

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
  /** Foreign keys as they were: one that is gone is counted by its columns. */
  readonly references?: readonly Reference[];
}

/** The baseline that a run has on record; without one, nothing was counted. */
export function baselineOf(fact: JsonObject | undefined): Baseline {
  const { numbers = {}, at, references = [] } = fact ?? {};
  return {
    numbers: numbers as Readonly<Record<string, number>>,
    at: typeof at === 'number' ? at : undefined,
    references: references as unknown as readonly Reference[],
  };
}

type Counted = Baseline & { readonly at: number };

// The database's own clock: it wrote the timestamps that the queries compare with.
const MOMENT = 'select extract(epoch from clock_timestamp())';

export const keyOfLargest = ({ id }: Rows): string => `${id}:largest`;
export const keyOfReference = ({ id }: Orphans, { name }: Reference): string => `${id}:${name}`;

/** Every reference that is asked for; throws E_DB_* where the database does not list its keys. */
export const referencesOf = async (
  { references, except }: Orphans,
  read: IntegrityReader,
): Promise<readonly Reference[]> =>
  [...(await read.references()), ...references.map(referenceOf)].filter(({ name }) => !except.includes(name));

type Pairs = readonly (readonly [string, number])[];
/** What becomes of a count; `title` is how people know it. */
type Attempt = (title: string, counting: Promise<Pairs>) => Promise<Pairs>;

/** The largest key first: rows that come between the two questions are above it, and counted in neither. */
async function countRows(query: Rows, at: number, read: IntegrityReader): Promise<Pairs> {
  const largest = query.key === undefined ? 0 : await read.number(largestKeySql(query));
  const count = await read.number(countKeptSql(query, at, largest));
  const counted = [query.id, count] as const;
  return query.key === undefined ? [counted] : [counted, [keyOfLargest(query), largest]];
}

async function countOrphans(query: Orphans, read: IntegrityReader, attempt: Attempt): Promise<Pairs> {
  const references = await referencesOf(query, read);
  const countOne = async (one: Reference): Promise<Pairs> => [
    [keyOfReference(query, one), await read.number(countOrphansSql(one))],
  ];
  const title = (one: Reference): string => `${query.title}: ${one.name}`;
  return (await Promise.all(references.map((one) => attempt(title(one), countOne(one))))).flat();
}

async function countOne(query: Query, at: number, read: IntegrityReader, attempt: Attempt): Promise<Pairs> {
  if (query.expect === 'no-row-lost') return countRows(query, at, read);
  if (query.expect === 'no-orphans') return countOrphans(query, read, attempt);
  return [[query.id, await read.number(fillBaseline(query.sql, at))]];
}

async function count(queries: readonly Query[], read: IntegrityReader, attempt: Attempt) {
  const at = await read.number(MOMENT);
  const pairs = await Promise.all(
    queries.map((query) => attempt(query.title, countOne(query, at, read, attempt))),
  );
  const hasOrphans = queries.some(({ expect }) => expect === 'no-orphans');
  const references = hasOrphans ? await read.references().catch(noneOf) : [];
  return { numbers: Object.fromEntries(pairs.flat()), at, references };
}

/** Whoever needs them has asked for them as well, and says so. */
function noneOf(error: unknown): readonly Reference[] {
  if (!isReleaseError(error)) throw error;
  return [];
}

/**
 * Asks every query once, before the change (DAT rows; E-26: a stored baseline with counts, largest keys and a fixed
 * timestamp). Throws where one has no answer: nobody could say afterwards that nothing was lost.
 */
export const readBaseline = (queries: readonly Query[], read: IntegrityReader): Promise<Counted> =>
  count(queries, read, (title, counting) =>
    counting.catch((error: unknown) => Promise.reject(named(title, error))),
  );

/** The failure with the question in front: of a hundred keys one cannot be counted, and somebody has to find it. */
const named = (title: string, error: unknown): unknown =>
  isReleaseError(error) && !error.text.what.startsWith('"')
    ? new ReleaseError(error.code, { ...error.text, what: `"${title}" was not counted. ${error.text.what}` })
    : error;

/**
 * The same for a way back that must not wait: what has no answer is left out of the numbers and named, so that it is
 * unknown afterwards, and what was counted still shows a loss. Throws when not even the moment is known.
 */
export async function readWhatAnswers(
  queries: readonly Query[],
  read: IntegrityReader,
): Promise<Counted & { readonly unanswered: readonly string[] }> {
  const unanswered: string[] = [];
  const attempt: Attempt = (title, counting) =>
    counting.catch((error: unknown) => {
      if (!isReleaseError(error)) throw error;
      unanswered.push(title);
      return [];
    });
  return { ...(await count(queries, read, attempt)), unanswered };
}
