import { describe, expect, it } from 'vitest';
import { askIntegrity, baselineOf, readBaseline } from '../../../src/kit.ts';
import { failureOf } from '../../services/postgres/open-database.ts';
import { shareCluster } from '../../services/postgres/share-cluster.ts';

import { broken, KEPT, ORPHANS, openIntegrity, statesOf } from './integrity-world.ts';
import { describeReferences } from './references-suite.ts';

const shared = shareCluster();
const open = (integrity: readonly object[]) => openIntegrity(shared, integrity);

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
    const { postgres, query } = await shared.open({ role: 'app' });
    await query(`create table assessments (id int primary key); insert into assessments values (1);
      grant select on assessments to app; alter table assessments enable row level security;
      create policy none on assessments using (false)`);
    const counted = postgres.readNumber('production', 'select count(*) from assessments');
    expect(await failureOf(counted)).toMatchObject({ code: 'E_DB_RIGHTS' });
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

describeReferences(shared);
