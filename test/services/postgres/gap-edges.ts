import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/domain/gap/gap.ts';
import { writeGapSql } from '../../../src/domain/gap/write-sql.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openGap } from './gap-world.ts';

const origin = {
  env: 'production',
  run: 'r-1',
  keptAs: 'pre-rollback-v2.0.3-aaaa',
  at: '2025-10-01T14:00:00Z',
};

const SCHEMA = `
  create table mails (site int, box text, low text generated always as (lower(box)) stored, note text, primary key (site, low));
  insert into mails values (1, 'A', default, 'a'), (1, 'B', default, 'b');
  create table logins (id int primary key, name text, low text generated always as (lower(name)) stored unique);
  create table events (id int, month int, what text, primary key (id, month)) partition by list (month);
  create table events_1 partition of events for values in (1);
  create table events_2 partition of events for values in (2);
  create table marks (id int primary key, event_id int, month int, foreign key (event_id, month) references events on delete cascade);
  insert into events values (1, 1, 'moves'), (2, 1, 'stays'), (3, 1, 'goes');
  create table numbers (id int primary key, amount int);
  insert into numbers values (1, 1);
  create table texts (id int primary key, fixed int generated always as identity, body text);
  insert into texts (id, body) values (1, 'one'), (2, 'two');
  create function act() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger acts before insert on texts for each row execute function act();`;

const GAP = [
  `update mails set note = 'gap' where box = 'B'`,
  `insert into logins values (1, 'Ann')`,
  `update events set month = 2 where id = 1`,
  `insert into events values (4, 2, 'new')`,
  `insert into marks values (1, 4, 2), (2, 2, 1)`,
  `delete from events where id = 3`,
  `alter table numbers alter column id type text`,
  `insert into numbers values ('x', 2)`,
  `update texts set body = E'gap\nselect 1;' where id = 1`,
  `insert into texts (id, body) values (7, 'lost'), (8, 'meanwhile')`,
  `alter table texts add column extra text`,
  `update texts set extra = 'only here' where id = 2`,
];

const only = (gap: Gap, name: string) => gap.tables.find((one) => one.name === name);
const lineOf = (sql: string, text: string): number => sql.split('\n').findIndex((one) => one.includes(text));

/** What a comparison cannot be sure of stays with a person. */
export function describeGapEdges(clusterOf: () => Cluster): void {
  describe('what a restore took and nobody can be sure of', () => {
    let world: Awaited<ReturnType<typeof openGap>>;
    let gap: Gap;

    beforeAll(async () => {
      world = await openGap(clusterOf(), SCHEMA);
      for (const sql of GAP) await world.kept(sql);
      gap = await world.read();
    });
    afterAll(() => world.postgres.close());

    it('compares no table whose key is generated, or of another type now', () => {
      const why = 'a column of its primary key is generated, or of another type now';
      expect(gap.uncompared).toEqual([
        { name: 'mails', rows: 1, why },
        { name: 'numbers', rows: 2, why },
      ]);
    });

    it('holds a row back whose unique value cannot be compared', () => {
      expect(only(gap, 'logins')?.conflicts.map(({ why }) => why)).toEqual([
        'whose low another row may have: it cannot be compared',
      ]);
    });

    it('takes any part of a partitioned table for the parent, and puts no moved row there twice', () => {
      expect(only(gap, 'marks')?.lost).toHaveLength(2);
      expect(only(gap, 'events_2')?.lost.map(({ key }) => key)).toEqual(['{"id": "4", "month": "2"}']);
      expect(only(gap, 'events_2')?.conflicts.map(({ why }) => why)).toEqual([
        'that lies in another part of its table now',
      ]);
      expect(only(gap, 'events_1')?.followers).toEqual(['marks']);
    });

    it('leaves every change to a person where a migration may have made it, on one line each', async () => {
      const held = writeGapSql(gap, { ...origin, holdsChanges: 'a migration' }, 'held.sql');
      const line = held.split('\n')[lineOf(held, 'update only public.texts')] ?? '';
      expect(line).toMatch(/^-- update .*E'gap\\u000aselect 1;'.* t\.xmin = /);
      expect(line).not.toContain('fixed =');
      expect(lineOf(held, 'update only')).toBeGreaterThan(lineOf(held, 'commit;'));
      const settings = held
        .split('\n')
        .filter((one) => one.startsWith('set ') && !one.includes('constraints'));
      await world.live([...settings, line.slice(3)].join(';'));
      const [row] = await world.live('select body from texts where id = 1');
      expect(row?.body).toBe('gap\nselect 1;');
      gap = await world.read();
    });

    it('names the triggers before the first row, and the column that cannot come back', () => {
      const sql = writeGapSql(gap, origin, 'order.sql');
      expect(lineOf(sql, 'disable trigger user')).toBeLessThan(lineOf(sql, 'insert into public.'));
      expect(only(gap, 'texts')).toMatchObject({ leftOut: ['extra'], written: 4 });
    });

    it('names what the role may not read, and compares the rest', async () => {
      await world.kept('grant select on logins, marks to app; alter table marks enable row level security');
      const { uncompared, unreadSequences, tables } = await world.read('app');
      const why = 'the role may not read all of its rows';
      expect(uncompared.filter(({ name }) => ['marks', 'texts'].includes(name))).toEqual([
        { name: 'marks', why },
        { name: 'texts', why },
      ]);
      expect(unreadSequences).toEqual(['public.texts_fixed_seq']);
      expect(tables.map(({ name }) => name)).toEqual(['logins']);
    });

    it('says how many rows were not written because somebody was there meanwhile', async () => {
      await world.live(`insert into texts (id, body) values (8, 'mine')`);
      await world.live(
        writeGapSql(gap, origin, 'all.sql')
          .replace('on commit drop', '')
          .replace('temporary ', 'unlogged ')
          .replaceAll('pg_temp.', 'public.'),
      );
      expect(await world.live('select * from release_not_written')).toEqual([
        { name: 'texts', rows: '1', why: 'not inserted: the key is taken by now' },
      ]);
      expect(await world.live('select id, body from texts order by id')).toEqual([
        { id: 1, body: 'gap\nselect 1;' },
        { id: 2, body: 'two' },
        { id: 7, body: 'lost' },
        { id: 8, body: 'mine' },
      ]);
      expect(await world.live('select id, month from events order by id')).toEqual([
        { id: 1, month: 1 },
        { id: 2, month: 1 },
        { id: 3, month: 1 },
        { id: 4, month: 2 },
      ]);
    });
  });
}
