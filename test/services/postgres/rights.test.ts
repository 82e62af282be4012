import { beforeAll, describe, expect, it } from 'vitest';
import { compareCatalogues, sayCatalogueDifference } from '../../../src/domain/catalogue.ts';
import { fingerprintOf } from '../../../src/kit.ts';
import { failureOf, makeFile, makeOrder } from './open-database.ts';
import { shareCluster } from './share-cluster.ts';

const ENV = 'production';

const SCHEMA = `
  create table people (id int, born date, town text);
  create table visits (id int, person int);
  create view adults as select id from people;
  create sequence invoice_number;
  create function hello() returns int language sql as 'select 1';
  create type level as enum ('low');
  create schema billing;
  create table parts (at date) partition by range (at);
  create table parts_2025 partition of parts for values from ('2025-01-01') to ('2026-01-01');
  create table parts_2026 (at date);
  create table old_people (left_at date) inherits (people);
  create statistics people_towns (dependencies) on born, town from people;
  create rule no_visits as on delete to visits do instead nothing;
  create function watch() returns event_trigger language plpgsql as 'begin end';
  create event trigger watched on ddl_command_end when tag in ('DROP TABLE') execute function watch();
  alter table visits enable row level security;
  create policy own_visits on visits for select to app using (person = 1);
  grant select on people to app;
  grant update (town) on people to reporter with grant option;
  alter default privileges in schema billing grant select on tables to app;`;

const shared = shareCluster();

async function open(sql = '') {
  const database = await shared.open();
  if (sql !== '') await database.query(sql);
  return { ...database, read: () => database.postgres.catalogue(ENV) };
}

let untouched: Awaited<ReturnType<typeof open>>;

/** What a change by hand is called, beside a database that has none. */
async function sayAfter(change: string): Promise<string[]> {
  const left = await open(SCHEMA);
  await left.query(change);
  return compareCatalogues(await left.read(), await untouched.read()).map((one) =>
    sayCatalogueDifference(one, { left: 'now', right: 'before' }),
  );
}

beforeAll(async () => {
  await shared.cluster.query('postgres', 'create role reporter; create role "Odd to name"');
  untouched = await open(SCHEMA);
});

describe('rights, and what stands beside the tables, in the catalogue of a real PostgreSQL', () => {
  it.each([
    [
      'grant insert on people to app',
      'privilege table people to app is insert, select in now, select in before',
    ],
    ['revoke select on people from app', 'privilege table people to app only in before'],
    ['grant select on visits to public', 'privilege table visits to public only in now'],
    ['grant select on visits to "Odd to name"', 'privilege table visits to "Odd to name" only in now'],
    [
      'revoke grant option for update (town) on people from reporter',
      'privilege column people.town to reporter is update in now, update with grant option in before',
    ],
    ['grant select on adults to app', 'privilege view adults to app only in now'],
    ['grant usage on sequence invoice_number to app', 'privilege sequence invoice_number to app only in now'],
    [
      'revoke execute on function hello() from public',
      'privilege function hello() to public is nothing in now, as usual in before',
    ],
    [
      'revoke usage on type level from public',
      'privilege enum level to public is nothing in now, as usual in before',
    ],
    ['grant create on schema billing to app', 'privilege schema billing to app only in now'],
    ['revoke delete on people from current_user', 'privilege table people to its owner only in now'],
    [
      'alter default privileges in schema billing grant insert on tables to app',
      /^default privilege tables that \w+ makes in billing to app is insert, select in now, select in before$/,
    ],
    [
      'alter default privileges revoke execute on functions from public',
      /^default privilege functions that \w+ makes to public is nothing in now, as usual in before$/,
    ],
    ['alter table people owner to reporter', /^owner table people is reporter in now, \w+ in before$/],
    ['alter function hello() owner to reporter', /^owner function hello\(\) is reporter in now/],
    [
      'alter policy own_visits on visits to reporter',
      'privilege policy visits.own_visits to app only in before',
    ],
    ['alter table people force row level security', /^row security people only in now$/],
    [
      'create or replace rule no_visits as on delete to visits where old.id > 1 do instead nothing',
      /^rule visits\.no_visits is CREATE RULE .* in now/,
    ],
    ['alter table visits disable rule no_visits', /^rule visits\.no_visits is .*\(disabled\) in now/],
    ['drop rule no_visits on visits', 'rule visits.no_visits only in before'],
    ['alter event trigger watched disable', /^event trigger watched is .*\(disabled\) in now/],
    ['drop event trigger watched', 'event trigger watched only in before'],
    ['drop statistics people_towns', 'statistics people_towns only in before'],
    ['alter statistics people_towns set statistics 50', /^statistics people_towns is .* target 50 in now/],
    [
      "alter table parts attach partition parts_2026 for values from ('2026-01-01') to ('2027-01-01')",
      /^table parts_2026 is plain partition of public\.parts FOR VALUES FROM .* in now, plain in before$/,
    ],
    [
      'alter table parts detach partition parts_2025',
      /^table parts_2025 is plain in now, plain partition of /,
    ],
    [
      'alter table old_people no inherit people',
      'table old_people is plain in now, plain inherits public.people in before',
    ],
    ['create schema stray', 'schema stray only in now'],
  ])('PAR-12, DRF-04: names what %s changed', async (change, expected) => {
    const said = await sayAfter(change);
    expect(said[0]).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  it('is the same after a right was given and taken back, although it is written down now', async () => {
    const one = await open(SCHEMA);
    const before = await one.read();
    await one.query('grant all on visits to app; revoke all on visits from app');
    await one.query(
      'revoke execute on function hello() from public; grant execute on function hello() to public',
    );
    expect(compareCatalogues(await one.read(), before)).toEqual([]);
    expect(fingerprintOf(await one.read())).toBe(fingerprintOf(before));
  });

  it('MIG-05, E-51: a rollback script that takes a table back without its rights is not the way back', async () => {
    const one = await open('create table notes (id int); grant select on notes to app');
    const before = await one.read();
    const file = makeFile('drop table notes', 'create table notes (id int)');
    await one.postgres.applyMigration(ENV, file, makeOrder());
    await one.postgres.revertMigration(ENV, file, makeOrder());
    expect(compareCatalogues(await one.read(), before).map(({ name }) => name)).toEqual([
      'table notes to app',
    ]);
  });

  it('says nothing of what everybody has without a word, and nothing twice of what is gone as a whole', async () => {
    const plain = await open('create table notes (id int)');
    const kinds = (await plain.read()).items.filter(({ name }) => name.includes('notes'));
    expect(kinds.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'table notes',
      'column notes.id',
      'owner table notes',
    ]);
    expect(await sayAfter('drop table visits')).toEqual(['table visits only in before']);
  });

  it('names roles, so that two environments can be told apart by them', async () => {
    const { items, roles } = await untouched.read();
    const grant = items.find(({ name }) => name === 'column people.town to reporter');
    expect(grant?.roles).toEqual(['reporter']);
    expect(roles).toEqual(expect.arrayContaining(['Odd to name', 'app', 'reporter']));
  });

  it('is the same for a role that may use nothing of it', async () => {
    expect(await untouched.postgres.catalogueAt(shared.cluster.url(untouched.name, 'app'))).toEqual(
      await untouched.read(),
    );
  });

  it('tells a role that it sees only a part, and compares nothing then', async () => {
    const one = await open('create table notes (id int)');
    await one.query('revoke select on pg_catalog.pg_event_trigger, pg_catalog.pg_policy from public');
    const failure = await failureOf(one.postgres.catalogueAt(shared.cluster.url(one.name, 'app')));
    expect(failure).toMatchObject({
      code: 'E_DB_RIGHTS',
      text: {
        what: expect.stringMatching(
          /^The role app sees only a part .*\(limited view\).*pg_event_trigger.*pg_policy\.$/,
        ),
        next: 'grant select on pg_catalog.pg_event_trigger, pg_catalog.pg_policy to app, or use another role.',
      },
    });
    expect((await one.read()).items.some(({ name }) => name === 'notes.id')).toBe(true);
  });
});
