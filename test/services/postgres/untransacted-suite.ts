import { describe, expect, it } from 'vitest';
import { openMigrated, textOf } from './migrated-database.ts';
import { failureOf, makeFile, makeOrder } from './open-database.ts';
import { type SharedCluster, until } from './share-cluster.ts';

const ENV = 'production';

/** Migrations that keep half of themselves when they fail; the server is that of the file that calls this. */
export function describeUntransacted(shared: SharedCluster): void {
  const { openSession } = shared;
  const open = () => openMigrated(shared);

  describe('a migration that no transaction can hold', () => {
    it('builds an index and remembers it', async () => {
      const { postgres, query, journal, has } = await open();
      await query('create table a (id int)');
      const file = makeFile('create index concurrently ix on a (id)', 'drop index concurrently ix');
      await postgres.applyMigration(ENV, file, makeOrder());
      await postgres.applyMigration(ENV, file, makeOrder());
      expect([await has('ix'), await journal()]).toEqual([true, [file.hash]]);
      await postgres.revertMigration(ENV, file, makeOrder());
      expect([await has('ix'), await journal()]).toEqual([false, []]);
    });

    it('waits for a writer without giving up on the lock, because that would leave an invalid index', async () => {
      const { postgres, query, url, journal } = await open();
      await query('create table a (id int)');
      const writer = await openSession(url);
      await writer.query('begin; insert into a values (1)');
      const file = makeFile('create index concurrently ix on a (id)');
      const applied = postgres.applyMigration(ENV, file, makeOrder({ lockTimeoutMs: 1 }));
      await until(() => postgres.blockedQueries(ENV));
      await writer.query('commit');
      await applied;
      expect(await journal()).toEqual([file.hash]);
    });

    it('F67: names the invalid index that a failed build left, and does not begin again before it is gone', async () => {
      const { postgres, query, journal } = await open();
      await query('create table a (id int); insert into a values (1), (1)');
      const file = makeFile('create unique index concurrently if not exists ux on a (id)');
      const first = await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
      expect(textOf(first, 'E_MIGRATION_FAILED')).toMatchObject({
        state: 'partly-done',
        next: expect.stringContaining('drop index concurrently if exists public.ux'),
      });
      await query('delete from a');
      const second = await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
      expect(textOf(second, 'E_INDEX_INVALID')).toMatchObject({ state: 'untouched' });
      expect(await journal()).toEqual([]);
      await query('drop index ux');
      await postgres.applyMigration(ENV, file, makeOrder());
      expect(await journal()).toEqual([file.hash]);
    });

    it('F67: may take its own invalid index away first', async () => {
      const { postgres, query, journal } = await open();
      await query('create table a (id int); insert into a values (1), (1)');
      const sql = 'drop index concurrently if exists ux; create unique index concurrently ux on a (id)';
      const file = makeFile(sql);
      await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
      await query('delete from a');
      await postgres.applyMigration(ENV, file, makeOrder());
      expect(await journal()).toEqual([file.hash]);
    });

    it('is partly done when a later statement fails, and untouched when the first one does', async () => {
      const { postgres, has, journal } = await open();
      const late = makeFile('create table a (id int);\ncreate index concurrently ix on a (nowhere)');
      const error = await failureOf(postgres.applyMigration(ENV, late, makeOrder()));
      expect(textOf(error, 'E_MIGRATION_FAILED')).toMatchObject({ state: 'partly-done', at: { line: 2 } });
      const early = makeFile('vacuum nowhere; create table b (id int)');
      const first = await failureOf(postgres.applyMigration(ENV, early, makeOrder()));
      expect(textOf(first, 'E_MIGRATION_FAILED')).toMatchObject({ state: 'untouched' });
      expect([await has('a'), await has('b'), await journal()]).toEqual([true, false, []]);
    });

    it('is partly done when its session is ended', async () => {
      const { postgres, query, url } = await open();
      await query('create table a (id int)');
      const writer = await openSession(url);
      await writer.query('begin; insert into a values (1)');
      const file = makeFile('create index concurrently ix on a (id)');
      const applied = failureOf(postgres.applyMigration(ENV, file, makeOrder()));
      await until(() => postgres.blockedQueries(ENV));
      await query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'release/r-test'`,
      );
      expect(textOf(await applied, 'E_DB_CUT')).toMatchObject({ state: 'partly-done' });
      await writer.query('rollback');
    });

    it('stops between two statements when a later run has taken over', async () => {
      const { postgres, query, journal, has } = await open();
      await postgres.applyMigration(ENV, makeFile('select 1'), makeOrder());
      const takeover = 'update release_runbook.fence set epoch = 2';
      const file = makeFile(`create table a (id int); ${takeover}; create index concurrently ix on a (id)`);
      const error = await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
      expect(textOf(error, 'E_FENCED')).toMatchObject({ state: 'partly-done' });
      expect([await has('ix'), (await journal()).length]).toEqual([false, 1]);
      expect(await query('select epoch::int from release_runbook.fence')).toEqual([{ epoch: 2 }]);
    });

    it('leaves no lock behind', async () => {
      const { postgres, query } = await open();
      await query('create table a (id int)');
      await postgres.applyMigration(ENV, makeFile('vacuum a'), makeOrder());
      await postgres.applyMigration(ENV, makeFile('select 1'), makeOrder());
      expect(
        await query(
          `select * from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
        ),
      ).toEqual([]);
    });
  });
}
