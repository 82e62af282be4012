import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrityAnswer } from '../../../src/domain/integrity.ts';
import { askIntegrity, baselineOf, readBaseline, type StepContext } from '../../../src/kit.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { checkIntegrity } from '../../../src/steps/postgres/check-integrity.ts';
import { takeBaseline } from '../../../src/steps/postgres/take-baseline.ts';
import { failureOf, openCluster, openDatabase } from '../../services/postgres/open-database.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const SCHEMA = `
  create table facilities (id serial primary key, name text not null);
  create table users (id serial primary key, subscription_status text, stripe_customer_id text,
    created_at timestamptz not null default now());
  create table assessments (id serial primary key, name text not null,
    facility_id int not null references facilities (id), user_id int, made_at timestamptz not null default now());
  create table evidence_files (id serial primary key, assessment_id int not null, assessment_name text);
  create table deletion_log (what text, at timestamptz not null default clock_timestamp());
  insert into facilities (name) values ('North'), ('South');
  insert into users (subscription_status, stripe_customer_id) select 'active', 'cus_' || n from generate_series(1, 40) n;
  insert into assessments (name, facility_id, user_id) select 'Roof ' || n, 1 + n % 2, 1 + n % 40 from generate_series(1, 200) n;
  insert into evidence_files (assessment_id) select n from generate_series(1, 100) n`;

let cluster: Cluster;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  cluster = await openCluster();
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await cluster.stop();
});

/** A seeded database with what a deploy does to it: `check` counts again and compares. */
async function open(integrity: readonly object[]) {
  const { postgres, query } = await openDatabase(cluster);
  closing.push(() => postgres.close());
  await query(SCHEMA);
  const runbook = makeRunbook({ integrity });
  const services = onlyThese({ postgres });
  const plan = { command: 'deploy' };
  const contextOf = (facts: StepContext['facts']) => ({ runbook, facts, plan }) as StepContext;
  const count = () => takeBaseline.run(services, { env: 'production' }, contextOf({}));
  const check = (baseline: Awaited<ReturnType<typeof count>>) =>
    checkIntegrity.run(services, { env: 'production', baseline: 'baseline' }, contextOf({ baseline }));
  const read = {
    number: (sql: string) => postgres.readNumber('production', sql),
    references: () => postgres.references('production'),
  };
  const ask = async (baseline: Awaited<ReturnType<typeof count>>) =>
    askIntegrity(runbook.integrity, baselineOf(baseline), read);
  return { query, count, check, ask, read, runbook };
}

const KEPT = { id: 'a', row: 'DAT-01', title: 'Assessments', expect: 'no-row-lost', table: 'assessments' };
const statesOf = (answers: readonly IntegrityAnswer[]) =>
  Object.fromEntries(answers.map(({ id, state }) => [id, state]));
const broken = { code: 'E_DATA_INTEGRITY' };

describe('rows of a table, against a real PostgreSQL', () => {
  it('DAT-01: the baseline holds count, largest key and a fixed moment; one lost row is a violation (E-26)', async () => {
    const { query, count, check } = await open([{ ...KEPT, key: 'id' }]);
    const baseline = await count();
    expect(baseline.numbers).toEqual({ a: 200, 'a:largest': 200 });
    expect(baseline.at).toBeGreaterThan(1_700_000_000);
    await query(
      `insert into assessments (name, facility_id) select 'New ' || n, 1 from generate_series(1, 9) n`,
    );
    expect((await check(baseline)).data).toMatchObject([
      { id: 'a', row: 'DAT-01', state: 'ok', before: 200, now: 200, growthPercent: 0 },
      { id: 'a-growth', state: 'not-judged', before: 200, now: 209, growthPercent: 4.5 },
    ]);
    // A count alone would say 208 of 200: nothing lost.
    await query('delete from assessments where id = 17');
    expect(await failureOf(check(baseline))).toMatchObject({
      ...broken,
      text: { what: expect.stringContaining('Assessments: 199 (baseline 200)') },
    });
  });

  it('E-26: growth of 5 % is within tolerance, and more is not', async () => {
    const { query, count, check } = await open([{ ...KEPT, key: 'id', percent: 5 }]);
    const baseline = await count();
    const add = (rows: number) =>
      query(`insert into assessments (name, facility_id) select 'New', 1 from generate_series(1, ${rows})`);
    await add(10);
    expect((await check(baseline)).checked).toBe(2);
    await add(1);
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('E-26: keys that do not grow are bounded by the moment of the baseline', async () => {
    const { query, count, check } = await open([{ ...KEPT, until: 'made_at', where: "name <> 'x'" }]);
    const baseline = await count();
    await query(
      `insert into assessments (name, facility_id, made_at) values ('New', 1, now() + interval '1 minute')`,
    );
    expect((await check(baseline)).data[0]).toMatchObject({ state: 'ok', now: 200 });
    await query('delete from assessments where id = 200');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('DAT-01: rows that were deleted on purpose, and are on record, are no loss (E-26)', async () => {
    const deletions = "select count(*) from deletion_log where what = 'assessment' and at > {baseline}";
    const { query, count, check } = await open([{ ...KEPT, key: 'id', deletions }]);
    await query("insert into deletion_log (what) values ('assessment')");
    const baseline = await count();
    await query(
      "delete from assessments where id = 3; insert into deletion_log (what) values ('assessment')",
    );
    expect((await check(baseline)).data[0]).toMatchObject({ state: 'ok', now: 200 });
    await query('delete from assessments where id = 4');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('DAT-01: rows that a policy hides are not counted as there: the question is refused', async () => {
    const { postgres, query } = await openDatabase(cluster, { role: 'app' });
    closing.push(() => postgres.close());
    await query(`create table assessments (id int primary key); insert into assessments values (1);
      grant select on assessments to app; alter table assessments enable row level security;
      create policy none on assessments using (false)`);
    const counted = postgres.readNumber('production', 'select count(*) from assessments');
    expect(await failureOf(counted)).toMatchObject({ code: 'E_DB_RIGHTS' });
  });
});

const ORPHANS = { id: 'o', row: 'DAT-08', title: 'Orphans', expect: 'no-orphans' };

describe('references, against a real PostgreSQL', () => {
  it('DAT-04, DAT-07: every foreign key is counted, also one that was switched off for a moment', async () => {
    const { query, count, check, read } = await open([ORPHANS]);
    expect((await read.references()).map(({ name, isGuarded }) => [name, isGuarded])).toEqual([
      ['assessments.assessments_facility_id_fkey', true],
    ]);
    const baseline = await count();
    expect((await check(baseline)).data).toMatchObject([
      { id: 'o:assessments.assessments_facility_id_fkey', state: 'ok', before: 0, now: 0 },
    ]);
    await query('set session_replication_role = replica; delete from facilities where id = 2');
    expect(await failureOf(check(baseline))).toMatchObject({
      ...broken,
      text: {
        what: expect.stringContaining('Orphans: assessments.assessments_facility_id_fkey: 100 (baseline 0)'),
      },
    });
  });

  it('DAT-07: a key that is NOT VALID, or whose triggers are off, is asked and is not said to be guarded', async () => {
    const { query, count, check, read } = await open([ORPHANS]);
    await query(`insert into evidence_files (assessment_id) values (9999);
      alter table evidence_files add constraint of_assessment foreign key (assessment_id) references assessments not valid;
      alter table assessments disable trigger all`);
    expect((await read.references()).map(({ name, isGuarded }) => [name, isGuarded])).toEqual([
      ['assessments.assessments_facility_id_fkey', false],
      ['evidence_files.of_assessment', false],
    ]);
    const baseline = await count();
    // What was broken before is no regression.
    expect(baseline.numbers['o:evidence_files.of_assessment']).toBe(1);
    expect((await check(baseline)).checked).toBe(2);
    await query('delete from assessments where id = 50');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('DAT-08: a key that was dropped is counted by its columns: whatever it guarded may be orphaned now', async () => {
    const { query, count, check, ask, read, runbook } = await open([ORPHANS]);
    const baseline = await count();
    await query('alter table assessments drop constraint assessments_facility_id_fkey');
    const id = 'o:assessments.assessments_facility_id_fkey';
    expect(await ask(baseline)).toMatchObject([{ id, state: 'ok', before: 0, now: 0 }]);
    await query('delete from facilities');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
    // A watch leaves out what PostgreSQL guards, and nothing guards this one any more.
    const later = { usersAreIn: true, countsGuarded: false };
    expect(await askIntegrity(runbook.integrity, baselineOf(baseline), read, later)).toMatchObject([
      { id, state: 'broken', before: 0, now: 200 },
    ]);
  });

  it('DAT-07: a key that came back under another name has the number of before; one whose column is gone is told', async () => {
    const { query, count, ask } = await open([ORPHANS]);
    const baseline = await count();
    await query(`alter table assessments drop constraint assessments_facility_id_fkey;
      alter table assessments add constraint other foreign key (facility_id) references facilities`);
    expect(await ask(baseline)).toMatchObject([{ id: 'o:assessments.other', state: 'ok', before: 0 }]);
    await query('alter table assessments drop column facility_id');
    expect(await ask(baseline)).toMatchObject([
      {
        ...{ id: 'o:assessments.assessments_facility_id_fkey', state: 'not-judged', before: 0, now: null },
        said: expect.stringContaining('its table or column is gone, and was not counted'),
      },
    ]);
  });

  it('DAT-07: orphans that nobody counted before are unknown, and no P0: an old baseline, or a new NOT VALID key', async () => {
    const { query, count, ask } = await open([ORPHANS]);
    await query('insert into evidence_files (assessment_id) values (9999)');
    const { at, numbers } = await count();
    const key =
      'alter table evidence_files add constraint of_a foreign key (assessment_id) references assessments';
    await query(`${key} not valid`);
    const old = { at, numbers: { ...numbers, 'o:gone.fk': 0 } } as never;
    expect(statesOf(await ask(old))).toEqual({
      'o:assessments.assessments_facility_id_fkey': 'ok',
      'o:evidence_files.of_a': 'unknown',
      'o:gone.fk': 'unknown',
    });
  });

  it('DAT-07: temporary tables of some session are none of the application, and stop nothing', async () => {
    const { query, count, read } = await open([ORPHANS]);
    await query('create temp table p (id int primary key); create temp table t (id int references p)');
    expect((await read.references()).map(({ name }) => name)).toEqual([
      'assessments.assessments_facility_id_fkey',
    ]);
    expect(Object.keys((await count()).numbers)).toHaveLength(1);
  });

  it('DAT-07: a key that the role may not read is named, and can be left out, which is told', async () => {
    const { postgres, query } = await openDatabase(cluster, { role: 'app' });
    closing.push(() => postgres.close());
    await query(`create schema auth; create table auth.users (id int primary key);
      create table auth.sessions (id int, u int references auth.users)`);
    const read = {
      number: (sql: string) => postgres.readNumber('production', sql),
      references: () => postgres.references('production'),
    };
    const queriesOf = (over: object) => makeRunbook({ integrity: [{ ...ORPHANS, ...over }] }).integrity;
    const name = 'auth.sessions.sessions_u_fkey';
    expect(await failureOf(readBaseline(queriesOf({}), read))).toMatchObject({
      code: 'E_DB_RIGHTS',
      text: { what: expect.stringContaining(`"Orphans: ${name}" was not counted.`) },
    });
    const spared = queriesOf({ except: [name] });
    expect(await askIntegrity(spared, await readBaseline(spared, read), read)).toMatchObject([
      { state: 'not-judged', said: `Orphans: ${name} is left out by the configuration` },
    ]);
  });

  it('DAT-08: a reference that no key guards is asked where it is configured', async () => {
    const pair = { from: 'evidence_files.assessment_id', to: 'public.assessments.id' };
    const { query, count, check } = await open([{ ...ORPHANS, references: [pair] }]);
    const baseline = await count();
    await query('delete from assessments where id = 50');
    expect(await failureOf(check(baseline))).toMatchObject({
      ...broken,
      text: { what: expect.stringContaining('evidence_files.assessment_id to public.assessments.id: 1') },
    });
  });

  it('DAT-07: keys of several columns, of partitions and with strange names are asked as PostgreSQL keeps them', async () => {
    const { query, count, ask, read } = await open([ORPHANS]);
    await query(`create schema "Odd ""one"; create table "Odd ""one"."Par ent" ("a b" int, c int, primary key ("a b", c));
      create table "Odd ""one".child (x int, "Y" int,
        constraint "full" foreign key (x, "Y") references "Odd ""one"."Par ent" match full);
      create table parts (id int, facility int references facilities (id)) partition by range (id);
      create table parts_1 partition of parts for values from (0) to (10);
      insert into "Odd ""one"."Par ent" values (1, 2); insert into "Odd ""one".child values (1, 2), (null, null);
      insert into parts values (1, 1), (2, null)`);
    expect((await read.references()).map(({ name }) => name)).toEqual([
      'Odd "one.child.full',
      'assessments.assessments_facility_id_fkey',
      'parts.parts_facility_fkey',
    ]);
    const baseline = await count();
    expect(Object.values(statesOf(await ask(baseline)))).toEqual(['ok', 'ok', 'ok']);
    await query(`set session_replication_role = replica; insert into "Odd ""one".child values (7, 7), (1, null);
      insert into parts values (3, 99)`);
    const after = await ask(baseline);
    expect(after.map(({ now }) => now)).toEqual([2, 0, 1]);
  });
});

describe('Stripe and large tables', () => {
  it('DAT-05: a subscriber that lost its customer is a violation; one without before is none', async () => {
    const rule = {
      ...{ id: 's', row: 'DAT-05', title: 'Active subscribers without a Stripe customer', expect: 'zero' },
      sql: "select count(*) from users where subscription_status = 'active' and stripe_customer_id is null",
    };
    const { query, count, check } = await open([rule]);
    await query('update users set stripe_customer_id = null where id = 1');
    const baseline = await count();
    expect((await check(baseline)).data).toMatchObject([{ state: 'ok', before: 1, now: 1 }]);
    await query('update users set stripe_customer_id = null where id = 2');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('DAT-06, RBV-5: a count that is cut off is unknown and never a pass, and hides no violation beside it', async () => {
    const slow = { id: 'slow', title: 'Slow', expect: 'zero', sql: 'select count(*) from slow' };
    const { query, count, check, ask } = await open([slow, { ...KEPT, key: 'id' }]);
    await query('create table slow (id int)');
    const baseline = await count();
    // As a statement timeout does, at once: the question never waits for two minutes here.
    await query(`drop table slow; create function cut() returns int language plpgsql as
      $$ begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$;
      create view slow as select cut() as id`);
    expect(statesOf(await ask(baseline))).toMatchObject({ slow: 'unknown', a: 'ok' });
    expect(await failureOf(check(baseline))).toMatchObject({
      code: 'E_DATA_UNKNOWN',
      text: {
        what: expect.stringMatching(/^1 of 3 data checks have no answer: Slow: [^:]*\(E_DB_TIMEOUT\)\.$/),
        why: expect.stringContaining('canceling statement due to statement timeout'),
      },
    });
    await query('delete from assessments where id = 8');
    expect(await failureOf(check(baseline))).toMatchObject(broken);
  });

  it('E-26: no baseline is taken while one question has no answer', async () => {
    const { read, runbook } = await open([{ ...KEPT, table: 'not_there' }]);
    expect(await failureOf(readBaseline(runbook.integrity, read))).toMatchObject({ code: 'E_DB_REFUSED' });
  });

  it('EXT-05: later, growth is told and not judged, and what PostgreSQL guards is not counted again', async () => {
    const { query, count, read, runbook } = await open([{ ...KEPT, key: 'id', percent: 5 }, ORPHANS]);
    const baseline = await count();
    await query(`insert into assessments (name, facility_id) select 'New', 1 from generate_series(1, 100)`);
    const how = { usersAreIn: true, countsGuarded: false };
    const answers = await askIntegrity(runbook.integrity, baselineOf(baseline), read, how);
    expect(statesOf(answers)).toEqual({ a: 'ok', 'a-growth': 'not-judged' });
  });

  it('RBC-P0-3, EXT-05: a few rows that users may have deleted are for people to find out; more of them are a loss', async () => {
    const { query, count, check, read, runbook } = await open([{ ...KEPT, key: 'id', mayDeletePercent: 1 }]);
    const baseline = await count();
    const later = async () => {
      const [kept] = await askIntegrity(runbook.integrity, baselineOf(baseline), read, {
        usersAreIn: true,
        countsGuarded: false,
      });
      return [kept?.state, kept?.said];
    };
    await query('delete from assessments where id in (5, 6)');
    const said = 'Assessments: 198 (baseline 200): 2 fewer, and nobody records who deleted';
    expect(await later()).toEqual(['unknown', said]);
    // Behind maintenance nobody deletes anything.
    expect(await failureOf(check(baseline))).toMatchObject(broken);
    await query('delete from assessments where id = 7');
    expect(await later()).toEqual(['broken', 'Assessments: 197 (baseline 200)']);
  });
});
