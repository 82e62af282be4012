import * as z from 'zod';
import type { AppliedMigration, MigrationFile } from './port.ts';
import type { ReadRows } from './session.ts';

/** A statement and its values. */
type Statement = readonly [sql: string, values: readonly unknown[]];

/** How a kind of journal is made, read and written; `table` is its quoted name. */
export interface Journal {
  readonly name: string;
  readonly make: readonly string[];
  /** Answers whether the entry is there with another text (edited). */
  find(table: string, file: MigrationFile): Statement;
  add(table: string, file: MigrationFile): Statement;
  remove(table: string, file: MigrationFile): Statement;
  list(table: string): string;
}

const named = z.object({ name: z.string() });
const foundShape = z.object({ edited: z.boolean() });
const listShape = z.object({
  hash: z.string().optional(),
  when: z.coerce.number().optional(),
  name: z.string().optional(),
});

/** Drizzle's own table as Drizzle makes it, so that its tools go on reading it. */
const drizzle: Journal = {
  name: 'drizzle.__drizzle_migrations',
  make: [
    `do $$ begin if to_regnamespace('drizzle') is null then create schema drizzle; end if; end $$`,
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  ],
  find: (table, { hash, when }) => [
    `select hash <> $1 as edited from ${table} where hash = $1 or created_at = $2 order by 1 limit 1`,
    [hash, when],
  ],
  add: (table, { hash, when }) => [`insert into ${table} (hash, created_at) values ($1, $2)`, [hash, when]],
  remove: (table, { hash }) => [`delete from ${table} where hash = $1`, [hash]],
  list: (table) => `select hash, created_at::text as when from ${table} order by created_at, id`,
};

const schemaMigrations: Journal = {
  name: 'schema_migrations',
  make: ['create table schema_migrations (version text primary key)'],
  find: (table, { tag }) => [`select false as edited from ${table} where version::text = $1`, [tag]],
  add: (table, { tag }) => [`insert into ${table} (version) values ($1)`, [tag]],
  remove: (table, { tag }) => [`delete from ${table} where version::text = $1`, [tag]],
  list: (table) => `select version::text as name from ${table}`,
};

export const journalOf = (kind: 'drizzle' | 'schema_migrations'): Journal =>
  kind === 'drizzle' ? drizzle : schemaMigrations;

// The full name: a file may set another search_path before its row is written.
const LOCATE = `select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass($1)`;

/** Quoted name of the table; undefined when nothing was ever applied here. */
export async function locateJournal(rows: ReadRows, journal: Journal): Promise<string | undefined> {
  return (await rows(named, LOCATE, [journal.name]))[0]?.name;
}

/** Whether the file is remembered: by its own text, by another one (edited), or not at all. */
export async function findInJournal(
  rows: ReadRows,
  journal: Journal,
  table: string,
  file: MigrationFile,
): Promise<'same' | 'edited' | 'absent'> {
  const [found] = await rows(foundShape, ...journal.find(table, file));
  if (found === undefined) return 'absent';
  return found.edited ? 'edited' : 'same';
}

/** Versions as people count them: 9 before 10, which text would put after it (E-27). */
const byName = (a: AppliedMigration, b: AppliedMigration): number =>
  (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true });

/** What was applied, in order; empty when there is no journal yet. */
export async function listApplied(rows: ReadRows, journal: Journal): Promise<readonly AppliedMigration[]> {
  const locating = locateJournal(rows, journal);
  // By the name that is being looked up, in the same trip: where there is no such table its failure says nothing new.
  const listing = rows(listShape, journal.list(journal.name));
  listing.catch(() => undefined);
  if ((await locating) === undefined) return [];
  const found = await listing;
  const list = found.map(({ hash, when, name }) => ({
    ...(hash === undefined ? {} : { hash }),
    ...(when === undefined ? {} : { when }),
    ...(name === undefined ? {} : { name }),
  }));
  return journal === schemaMigrations ? list.sort(byName) : list;
}
