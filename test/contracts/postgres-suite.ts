import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FailureCode, isReleaseError } from '../../src/domain/failure.ts';
import type { MigrationFile, MigrationOrder, PostgresPort } from '../../src/services/postgres/port.ts';

interface PostgresWorld {
  readonly postgres: PostgresPort;
  /** Whether the database has this table. */
  hasTable(name: string): Promise<boolean>;
  /** Writes one row into a table that a migration made. */
  write(table: string): Promise<void>;
  /** Address under which this very database can be read as a backup. */
  readonly url: string;
  close(): Promise<void>;
}

const ENV = 'production';

const order = (over: Partial<MigrationOrder> = {}): MigrationOrder => ({
  journal: 'drizzle',
  lockTimeoutMs: 1000,
  statementTimeoutMs: 10_000,
  lockTries: 2,
  scope: 'rur2/production',
  epoch: 3,
  application: 'release/r-contract',
  ...over,
});

/** A file that makes a table, and a script that takes it away. */
const makes = (table: string, at: number): MigrationFile & { readonly rollbackSql: string } => ({
  tag: `${String(at).padStart(4, '0')}_${table}`,
  sql: `create table ${table} (id int)`,
  hash: `hash-of-${table}`,
  when: 1_700_000_000_000 + at,
  rollbackSql: `drop table ${table}`,
});

const fails = (work: Promise<unknown>, code: FailureCode): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => isReleaseError(error, code) && error.text.state === 'untouched',
  );

/** What every database port must do, in this order, for an environment `production` that begins empty. */
export function describePostgresPort(name: string, open: () => Promise<PostgresWorld>): void {
  describe(name, () => {
    let world: PostgresWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const hashes = async () =>
      (await world.postgres.appliedMigrations(ENV, 'drizzle')).map(({ hash }) => hash);

    it('ENV-05: answers, and says which database it is', async () => {
      expect((await world.postgres.ping(ENV)).latencyMs).toBeGreaterThanOrEqual(0);
      expect((await world.postgres.identity(ENV)).systemIdentifier).not.toBe('');
    });

    it('E-27: remembers nothing before the first migration', async () => {
      expect(await hashes()).toEqual([]);
      expect(await world.postgres.appliedMigrations(ENV, 'schema_migrations')).toEqual([]);
    });

    it('MIG-07: applies files and remembers them in order, with hash and moment', async () => {
      const files = [makes('first', 1), makes('second', 2)];
      for (const file of files) await world.postgres.applyMigration(ENV, file, order());
      expect(await world.postgres.appliedMigrations(ENV, 'drizzle')).toEqual(
        files.map(({ hash, when }) => ({ hash, when })),
      );
      expect(await world.hasTable('second')).toBe(true);
    });

    it('applies a file once, however often it is told to', async () => {
      await world.postgres.applyMigration(ENV, makes('second', 2), order());
      expect(await hashes()).toEqual(['hash-of-first', 'hash-of-second']);
    });

    it('refuses a run that was taken over, and does nothing for it', async () => {
      const late = order({ epoch: 2 });
      const { postgres } = world;
      expect(await fails(postgres.applyMigration(ENV, makes('third', 3), late), 'E_FENCED')).toBe(true);
      expect(await fails(postgres.revertMigration(ENV, makes('second', 2), late), 'E_FENCED')).toBe(true);
      expect([await world.hasTable('third'), await world.hasTable('second')]).toEqual([false, true]);
    });

    it('lets a run go on that belongs to another scope, whatever its epoch', async () => {
      const other = order({ epoch: 1, scope: 'rur2/preview' });
      await world.postgres.applyMigration(ENV, makes('third', 3), other);
      expect(await hashes()).toContain('hash-of-third');
    });

    it('RBX-4C1: counts the rows that were written after a point', async () => {
      const point = await world.postgres.restorePoint(ENV);
      expect(Date.parse(point.at)).not.toBeNaN();
      expect(await world.postgres.writtenSince(ENV, point)).toEqual([]);
      await world.write('first');
      expect(await world.postgres.writtenSince(ENV, point)).toEqual([{ table: 'first', rows: 1 }]);
    });

    it('proves that a backup can be read by counting it', async () => {
      expect(await world.postgres.readBackup(world.url)).toEqual({ tables: 3, rows: 1 });
    });

    it('E-51: takes a file back by its script and forgets it; a second time there is nothing to do', async () => {
      const file = makes('second', 2);
      await world.postgres.revertMigration(ENV, file, order());
      await world.postgres.revertMigration(ENV, file, order());
      expect(await world.hasTable('second')).toBe(false);
      expect(await hashes()).toEqual(['hash-of-first', 'hash-of-third']);
    });

    it('PAR-04: describes the schema alike under its name and at its address, without the journal', async () => {
      const { items } = await world.postgres.catalogue(ENV);
      expect(items.filter(({ kind }) => kind === 'table').map(({ name }) => name)).toEqual([
        'first',
        'third',
      ]);
      expect(await world.postgres.catalogueAt(world.url)).toMatchObject({ items });
    });

    it('MIG-10: refuses to take a file back that has no script', async () => {
      const { rollbackSql: _none, ...bare } = makes('first', 1);
      expect(await fails(world.postgres.revertMigration(ENV, bare, order()), 'E_NO_WAY_DOWN')).toBe(true);
      expect(await world.hasTable('first')).toBe(true);
    });

    it('F66: knows of no session when none is at work', async () => {
      expect(await world.postgres.sessionsOf(ENV, 'release/r-contract')).toEqual([]);
    });

    it('ENV-08: knows of nobody who waits when nobody does', async () => {
      expect(await world.postgres.blockedQueries(ENV)).toEqual([]);
    });

    it('ENV-08: knows of no transaction that somebody left open', async () => {
      expect(await world.postgres.openTransactions(ENV)).toMatchObject({ sessions: [], prepared: [] });
    });

    it('ENV-06: has more room than it uses', async () => {
      const { used, limit } = await world.postgres.poolUsage(ENV);
      expect(used).toBeLessThan(limit);
    });
  });
}
