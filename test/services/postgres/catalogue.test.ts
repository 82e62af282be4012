import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CatalogueItem,
  compareCatalogues,
  sayCatalogueDifference,
} from '../../../src/domain/catalogue.ts';
import { fingerprintOf } from '../../../src/kit.ts';
import { makeFile, makeOrder } from './open-database.ts';
import { shareCluster } from './share-cluster.ts';

const ENV = 'production';

/** One of every kind. */
const SCHEMA = `
  create type level as enum ('low', 'high');
  create domain email as text not null check (value like '%@%');
  create type place as (street text, zip int);
  create table people (
    id bigint generated always as identity primary key,
    mail email unique, level level not null default 'low', born date,
    shown text generated always as (lower(mail)) stored
  );
  alter table people add constraint grown check (born < '2020-01-01') not valid;
  create table visits (
    id serial primary key, person bigint references people (id) on delete cascade, at timestamptz default now()
  );
  create index visits_at on visits (at desc) where at is not null;
  create view adults as select id, mail from people where born < '2007-01-01';
  create materialized view counts as select person, count(*) from visits group by 1;
  create unique index counts_person on counts (person);
  create function touch() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
  create aggregate longest (text) (sfunc = textcat, stype = text);
  create trigger visits_touch before update on visits for each row execute function touch();
  alter table visits enable row level security;
  create policy own_visits on visits for select to app using (person = 1);
  create sequence invoice_number increment by 10 start 100;
  create schema billing;
  create table billing.invoices (id int primary key);
  create table parts (at date) partition by range (at);
  create table parts_2025 partition of parts for values from ('2025-01-01') to ('2026-01-01');
  create index parts_at on parts (at);`;

const shared = shareCluster();
let untouched: Opened;

async function open(sql = '', wanted: Parameters<typeof shared.open>[0] = {}) {
  const database = await shared.open(wanted);
  if (sql !== '') await database.query(sql);
  const read = () => database.postgres.catalogue(ENV);
  return { ...database, read };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** What a change by hand is called, beside a database that has none. */
async function sayAfter(change: string): Promise<string[]> {
  const left = await open(SCHEMA);
  await left.query(change);
  const sides = { left: 'staging', right: 'production' };
  return compareCatalogues(await left.read(), await untouched.read()).map((one) =>
    sayCatalogueDifference(one, sides),
  );
}

const namesOf = (items: readonly CatalogueItem[], kind: string): string[] =>
  items.filter((one) => one.kind === kind).map(({ name }) => name);

beforeAll(async () => {
  untouched = await open(SCHEMA);
});

describe('the catalogue of a real PostgreSQL', () => {
  it('lists every kind of object under the name that people use', async () => {
    const { items } = await untouched.read();
    const kinds = new Set(items.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      [
        'column',
        'constraint',
        'domain',
        'enum',
        'extension',
        'function',
        'index',
        'owner',
        'policy',
        'privilege',
        'row security',
        'schema',
        'sequence',
        'table',
        'trigger',
        'type',
        'view',
      ].sort(),
    );
    expect(namesOf(items, 'table')).toEqual(['billing.invoices', 'parts', 'parts_2025', 'people', 'visits']);
    expect(namesOf(items, 'function')).toEqual(['longest(text)', 'touch()']);
    expect(namesOf(items, 'index')).toEqual(['counts.counts_person', 'parts.parts_at', 'visits.visits_at']);
    expect(items.find(({ name }) => name === 'people.level')).toEqual({
      kind: 'column',
      name: 'people.level',
      is: "public.level not null default 'low'::public.level",
      of: 'table people',
    });
  });

  it('PAR-12: is the same for two databases that the same statements made, whatever path a role has', async () => {
    const [one, two] = [untouched, await open(SCHEMA)];
    await two.query(`alter database ${two.name} set search_path = billing, public`);
    expect(compareCatalogues(await one.read(), await two.read())).toEqual([]);
    expect(fingerprintOf(await one.read())).toBe(fingerprintOf(await two.read()));
  });

  it('is the same for an ordinary role that may use nothing of it', async () => {
    const one = await open(SCHEMA);
    const url = shared.cluster.url(one.name, 'app');
    await one.query('revoke all on all tables in schema public from public');
    expect(await one.postgres.catalogueAt(url)).toEqual(await one.read());
  });

  it('MIG-05, E-51: is the same after a file went up and came down again, although its column stands last now', async () => {
    const one = await open('create table notes (id int, due date, title text)');
    const before = await one.read();
    const file = makeFile('alter table notes drop column due', 'alter table notes add column due date');
    await one.postgres.applyMigration(ENV, file, makeOrder());
    const up = await one.read();
    await one.postgres.revertMigration(ENV, file, makeOrder());
    expect(fingerprintOf(up)).not.toBe(fingerprintOf(before));
    expect(fingerprintOf(await one.read())).toBe(fingerprintOf(before));
    await one.postgres.applyMigration(ENV, file, makeOrder());
    expect(fingerprintOf(await one.read())).toBe(fingerprintOf(up));
  });

  it('leaves out the journals of migrations and our own fence', async () => {
    const plain = await open('create table notes (id int)');
    const migrated = await open();
    await migrated.postgres.applyMigration(ENV, makeFile('create table notes (id int)'), makeOrder());
    await migrated.query('create table schema_migrations (version serial primary key)');
    expect(compareCatalogues(await migrated.read(), await plain.read())).toEqual([]);
  });

  it('leaves out what belongs to an extension, and tells the extension with its version', async () => {
    const { query, read } = await open();
    const before = (await read()).items.length;
    await query('create extension pgcrypto');
    const { items } = await read();
    expect(items.length).toBe(before + 1);
    expect(items.find(({ name }) => name === 'pgcrypto')?.is).toMatch(/^\d/);
  });

  it('PAR-12: names a column that was made by hand', async () => {
    expect(await sayAfter('alter table people add column nickname text')).toEqual([
      'column people.nickname only in staging',
    ]);
  });

  it.each([
    [
      "alter type level add value 'middle' before 'high'",
      "enum level is ('low', 'middle', 'high') in staging, ('low', 'high') in production",
    ],
    [
      'alter table people validate constraint grown',
      /^constraint people\.grown is CHECK .* in staging, CHECK .* NOT VALID in production$/,
    ],
    [
      'alter table people alter column born set not null',
      'column people.born is date not null in staging, date in production',
    ],
    [
      'alter table visits alter column at drop default',
      /^column visits\.at is timestamp with time zone in staging/,
    ],
    [
      'alter table visits disable trigger visits_touch',
      /^trigger visits\.visits_touch is .*\(disabled\) in staging/,
    ],
    ['alter table visits disable row level security', 'row security visits only in production'],
    [
      'alter policy own_visits on visits using (person = 2)',
      /^policy visits\.own_visits is .*\(person = 2\)/,
    ],
    [
      'drop index visits_at; create index visits_at on visits (at)',
      /^index visits\.visits_at is CREATE INDEX .* ON public\.visits/,
    ],
    [
      'create or replace function touch() returns trigger language plpgsql as $$ begin return new; end $$',
      'function touch() is written differently',
    ],
    ['create or replace view adults as select id, mail from people', 'view adults is written differently'],
    ['alter sequence invoice_number increment by 1', /^sequence invoice_number is bigint start 100 by 1 /],
    ['drop table billing.invoices', 'table billing.invoices only in production'],
    ['create table audit (id serial primary key, at timestamptz)', 'table audit only in staging'],
    ['alter table visits drop column id', 'column visits.id only in production'],
    ['alter domain email drop not null', /^domain email is text CHECK/],
    ['alter type place add attribute town text', /^type place is \(street text, zip integer, town text\)/],
  ])('PAR-12: names what %s changed', async (change, expected) => {
    const said = await sayAfter(change);
    expect(said[0]).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    expect(said.slice(1).filter((line) => !line.startsWith('constraint visits.visits_pkey'))).toEqual([]);
  });

  it('tells a failed concurrent index from a good one', async () => {
    const one = await open('create table notes (id int); insert into notes values (1), (1)');
    await one.query('create unique index concurrently notes_id on notes (id)').catch(() => undefined);
    const index = (await one.read()).items.find(({ kind }) => kind === 'index');
    expect(index).toMatchObject({ name: 'notes.notes_id', is: expect.stringMatching(/\(invalid\)$/) });
  });

  it('can be asked where nothing may be written', async () => {
    const one = await open('create table notes (id int)');
    await one.query(`alter database ${one.name} set default_transaction_read_only = on`);
    expect((await one.read()).items.some(({ name }) => name === 'notes.id')).toBe(true);
  });
});
