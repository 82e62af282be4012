import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countGap, type Gap } from '../../../src/domain/gap/gap.ts';
import { writeGapSql } from '../../../src/domain/gap/write-sql.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openGap as open } from './gap-world.ts';

const ENV = 'production';
const openGap = (cluster: Cluster) => open(cluster, SCHEMA);
const origin = { env: ENV, run: 'r-1', keptAs: 'pre-rollback-v2.0.3-aaaa', at: '2025-10-01T14:00:00Z' };

/** Everything that could be code where it is not quoted: for SQL, for psql, and for a comment of either. */
const NASTY = `O'Brien \\ "x" :'id' $$ \`id\`\n\\! touch /tmp/never\n'; drop table users; --\r*/ é ${String.fromCodePoint(0x1f600)}`;

const SCHEMA = `
  create table facilities (id serial primary key, name text not null);
  create table users (id serial primary key, email text not null unique, facility_id int not null references facilities (id),
    boss_id int references users (id), note text, shout text generated always as (upper(note)) stored);
  create table tags (user_id int references users (id), tag text, extra jsonb, weight float8, at timestamptz, raw bytea,
    primary key (user_id, tag));
  create table log (line text);
  create table "odd ""name" ("the key" text primary key, "select" int[]);
  insert into facilities (name) values ('North'), ('South');
  insert into users (email, facility_id) select 'u' || n || '@example.com', 1 from generate_series(1, 50) as n;
  insert into "odd ""name" values ('a', '{1}'), (E'b\\nselect 1;', '{2}');`;

/** What happens in the gap. */
const GAP = [
  `insert into facilities (name) values ('West')`,
  // Its boss has a higher number, so that no order of rows would do.
  `insert into users (id, email, facility_id, boss_id) values (61, 'low@example.com', 3, 62), (62, 'high@example.com', 3, null)`,
  `insert into tags values (61, 'x', '{"a": null, "b": [1.50]}', 0.1, '2025-10-01 14:03:02.123456+02', '\\xdeadbeef'), (62, 'y', 'null', 'NaN', 'infinity', null)`,
  `update users set facility_id = 2 where id = 7`,
  `update users set facility_id = 2 where id in (8, 9)`,
  `update users set note = note where id = 10`,
  `delete from users where id in (20, 21)`,
  `insert into log values ('one'), ('two')`,
  `update "odd ""name" set "select" = '{3,4}' where "the key" = 'a'`,
  `delete from "odd ""name" where "the key" <> 'a'`,
  `insert into users (id, email, facility_id) values (70, 'taken@example.com', 1)`,
  `insert into tags (user_id, tag) values (70, 'orphan')`,
];

/** What happens after the restore. */
const SINCE = [
  `insert into users (id, email, facility_id) values (99, 'taken@example.com', 1)`,
  `update users set facility_id = 2 where id = 8`,
  `update users set facility_id = 1, note = 'since' where id = 9`,
  `delete from users where id = 30`,
];

const tableOf = (gap: Gap, name: string) => gap.tables.find((one) => one.name === name);

/** Reconciliation against real PostgreSQL; the cluster is that of the file that calls this. */
export function describeGap(clusterOf: () => Cluster): void {
  describe('what a restore took', () => {
    let world: Awaited<ReturnType<typeof openGap>>;
    let gap: Gap;
    const apply = () => world.live(writeGapSql(gap, origin, 'first.sql'));

    beforeAll(async () => {
      world = await openGap(clusterOf());
      for (const sql of GAP) await world.kept(sql);
      await world.kept('update users set note = $1 where id = 62', [NASTY]);
      for (const sql of SINCE) await world.live(sql);
      gap = await world.read();
    });
    afterAll(() => world.postgres.close());

    it('RBX-4C1: tells what was lost, changed and deleted, and what both sides changed', async () => {
      expect(gap.tables.map(({ name }) => name)).toEqual(['facilities', 'odd "name', 'users', 'tags']);
      expect(countGap(gap)).toEqual({ lost: 5, changed: 2, deleted: 3, conflicts: 3 });
      expect(tableOf(gap, 'users')?.conflicts).toMatchObject([
        { key: '{"id": "9"}', why: 'changed in the gap, and again since the restore' },
        { key: '{"id": "70"}', why: 'whose email another row has now' },
      ]);
      expect(tableOf(gap, 'tags')?.conflicts.map(({ why }) => why)).toEqual([
        'referring to a row of users that is not there',
      ]);
      expect(tableOf(gap, 'users')?.deleted.map(({ key }) => key)).toEqual(['{"id": "20"}', '{"id": "21"}']);
    });

    it('RBX-4C1: tells of a table without a primary key that it was not compared, with what was written to it', () => {
      expect(gap.uncompared).toEqual([{ name: 'log', rows: 2, why: 'no primary key tells its rows apart' }]);
    });

    it('RBX-4C2: gives the rows back as they were, whatever is in them, and refuses a second run', async () => {
      await apply();
      const all = `select (select json_agg(u order by id) from users u) as users, (select json_agg(t order by user_id) from tags t) as tags,
        (select json_agg(f order by id) from facilities f) as facilities`;
      const [once] = await world.live(all);
      const nasty = 'select note, shout from users where id = 62';
      expect((await world.live(nasty))[0]?.note).toBe(NASTY);
      expect(await world.live(nasty)).toEqual(await world.kept(nasty));
      const exact = `select user_id, extra::text, weight::text, at::text, raw::text from tags where user_id < 63 order by 1`;
      expect(await world.live(exact)).toEqual(await world.kept(exact));
      expect(await world.live('select id, facility_id from users where id in (7, 9) order by id')).toEqual([
        { id: 7, facility_id: 2 },
        { id: 9, facility_id: 1 },
      ]);
      await expect(apply()).rejects.toThrow('reconciled_pkey');
      expect((await world.live(all))[0]).toEqual(once);
      expect(await world.live('select 1 from users where id in (20, 21, 30, 70)')).toHaveLength(2);
    });

    it('finds nothing more to give back once it is given back', async () => {
      expect(countGap(await world.read())).toMatchObject({ lost: 0, changed: 0, deleted: 3 });
    });

    it('raises sequences, so that no new row gets the number of a lost one', async () => {
      expect(gap.sequences).toMatchObject([{ name: 'public.facilities_id_seq', to: '3' }]);
      expect(await world.live(`insert into facilities (name) values ('East') returning id`)).toEqual([
        { id: 4 },
      ]);
    });
  });

  describe('what a restore took, looked at one by one', () => {
    let own: Awaited<ReturnType<typeof openGap>>;
    beforeAll(async () => {
      own = await openGap(clusterOf());
    });
    afterAll(() => own.postgres.close());

    it('RBX-4C2: raises them before anybody is let in, and leaves one that went further', async () => {
      await own.kept(
        `insert into users (email, facility_id) select 'gap' || n, 1 from generate_series(1, 5) as n`,
      );
      const behind = await own.postgres.sequencesBehind(ENV, own.keptUrl);
      expect(behind).toMatchObject({
        sequences: [{ name: 'public.users_id_seq', to: '55' }],
        unreadSequences: [],
      });
      await own.postgres.raiseSequences(ENV, behind.sequences);
      const insert = `insert into users (email, facility_id) values ('n' || clock_timestamp(), 1) returning id`;
      expect(await own.live(insert)).toEqual([{ id: 56 }]);
      await own.postgres.raiseSequences(ENV, behind.sequences);
      expect(await own.live(insert)).toEqual([{ id: 57 }]);
      expect((await own.postgres.sequencesBehind(ENV, own.keptUrl)).sequences).toEqual([]);
    });

    it('changes no row that somebody has touched after it was looked at', async () => {
      await own.kept(`update users set note = 'gap' where id in (1, 2)`);
      const seen = await own.read();
      await own.live(`update users set note = 'me' where id = 1`);
      await own.live(writeGapSql(seen, origin, 'seen.sql'));
      const notes = await own.live('select note from users where id < 3 order by id');
      expect(notes).toEqual([{ note: 'me' }, { note: 'gap' }]);
    });

    it('leaves out what the older schema does not know, and says so', async () => {
      await own.kept(`alter table users add column attempts int not null default 1`);
      await own.kept(`create table exports (id int primary key)`);
      await own.kept(`insert into exports values (1)`);
      await own.kept(
        `insert into users (id, email, facility_id, attempts) values (80, 'new@example.com', 1, 5)`,
      );
      const found = await own.read();
      expect(tableOf(found, 'users')?.lost).toHaveLength(1);
      expect(tableOf(found, 'users')?.leftOut).toEqual(['attempts']);
      expect(found.uncompared).toEqual([
        { name: 'exports', rows: 1, why: 'the table is not there any more' },
        { name: 'log', rows: 0, why: 'no primary key tells its rows apart' },
      ]);
      await own.live(writeGapSql(found, origin, 'found.sql'));
      expect(await own.live(`select id from users where email like 'new%'`)).toEqual([{ id: 80 }]);
    });
  });
}
