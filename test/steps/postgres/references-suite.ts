import { describe, expect, it } from 'vitest';
import { askIntegrity, baselineOf, readBaseline } from '../../../src/kit.ts';
import { failureOf } from '../../services/postgres/open-database.ts';
import type { SharedCluster } from '../../services/postgres/share-cluster.ts';
import { makeRunbook } from '../../support/policy.ts';

import { broken, ORPHANS, openIntegrity, statesOf } from './integrity-world.ts';

/** Rows that refer to a row that is gone; the server is that of the file that calls this. */
export function describeReferences(shared: SharedCluster): void {
  const open = (integrity: readonly object[]) => openIntegrity(shared, integrity);

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
          what: expect.stringContaining(
            'Orphans: assessments.assessments_facility_id_fkey: 100 (baseline 0)',
          ),
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
      const { postgres, query } = await shared.open({ role: 'app' });
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
}
