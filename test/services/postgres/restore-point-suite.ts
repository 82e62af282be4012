import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { failureOf, makeFile, makeOrder } from './open-database.ts';
import type { SharedCluster } from './share-cluster.ts';

const ENV = 'production';

/** Where a database can return to, and what it would lose; the server is that of the file that calls this. */
export function describeRestorePoint(shared: SharedCluster): void {
  const { open, openSession } = shared;

  describe('the restore point', () => {
    it('E-45: is a moment, a position and a snapshot of the database', async () => {
      const { postgres, query } = await open();
      const point = await postgres.restorePoint(ENV);
      const [later] = await query(
        `select clock_timestamp() >= $1::timestamptz as time, pg_current_wal_insert_lsn() >= $2::pg_lsn as place`,
        [point.at, point.lsn],
      );
      expect(later).toEqual({ time: true, place: true });
      expect(Date.parse(point.at)).not.toBeNaN();
    });

    it('RBX-4C1: counts what was written after it, per table, and nothing of ours', async () => {
      const { postgres, query } = await open();
      await query('create schema shop; create table shop.orders (id int); create table users (id int)');
      await query('insert into users select generate_series(1, 10)');
      const point = await postgres.restorePoint(ENV);
      expect(await postgres.writtenSince(ENV, point)).toEqual([]);
      await postgres.applyMigration(ENV, makeFile('insert into shop.orders values (1), (2)'), makeOrder());
      await query('update users set id = id + 100 where id <= 3');
      expect(await postgres.writtenSince(ENV, point)).toEqual([
        { table: 'shop.orders', rows: 2 },
        { table: 'users', rows: 3 },
      ]);
    });

    it('RBX-4C1: counts a transaction that was open at the point, its savepoints too, and not one that had ended before it', async () => {
      const { postgres, query, url } = await open();
      await query('create table users (id int)');
      const writer = await openSession(url);
      await query('insert into users values (2)');
      await writer.query('begin; insert into users values (1); savepoint a; insert into users values (3)');
      const point = await postgres.restorePoint(ENV);
      await writer.query('commit');
      expect(await postgres.writtenSince(ENV, point)).toEqual([{ table: 'users', rows: 2 }]);
    });

    it('takes the number of a single transaction for a point, too', async () => {
      const { postgres, query } = await open();
      await query('create table users (id int); insert into users values (1)');
      const [found] = await query('select pg_current_xact_id()::text as xid');
      await query('insert into users values (2)');
      const point = { at: '2025-10-01T14:00:00Z', lsn: '0/0', xid: String(found?.xid) };
      expect(await postgres.writtenSince(ENV, point)).toEqual([{ table: 'users', rows: 1 }]);
    });

    it('refuses a point that this database has not reached', async () => {
      const { postgres } = await open();
      const point = { at: '2025-10-01T14:00:00Z', lsn: '0/0', xid: '99999999999' };
      expect(isReleaseError(await failureOf(postgres.writtenSince(ENV, point)), 'E_RESTORE_REFUSED')).toBe(
        true,
      );
    });

    it('says that rows are hidden from the role, rather than counting fewer', async () => {
      const { postgres, query } = await open({ role: 'app' });
      await query(`create table users (id int); grant select on users to app;
      alter table users enable row level security; create policy none on users using (false)`);
      const point = await postgres.restorePoint(ENV);
      expect(isReleaseError(await failureOf(postgres.writtenSince(ENV, point)), 'E_DB_RIGHTS')).toBe(true);
    });

    it('reads a backup by its address: its tables and their rows', async () => {
      const { postgres, query, url } = await open();
      expect(await postgres.readBackup(url)).toEqual({ tables: 0, rows: 0 });
      await query(
        'create table users (id int); insert into users values (1), (2); create table empty (id int)',
      );
      await postgres.applyMigration(ENV, makeFile('select 1'), makeOrder());
      expect(await postgres.readBackup(url)).toEqual({ tables: 2, rows: 2 });
    });
  });
}
