import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import {
  failureOf,
  makeDatabaseSurroundings,
  makeFile,
  makeHastyClock,
  makeOrder,
  openCluster,
  openDatabase,
} from './open-database.ts';
import { openWatchedLine } from './watched-line.ts';

let cluster: Cluster;
const ENV = 'production';
const closing: (() => Promise<void>)[] = [];

async function open(wanted: Parameters<typeof openDatabase>[1] = {}) {
  const database = await openDatabase(cluster, wanted);
  closing.push(() => database.postgres.close());
  const { postgres, query } = database;
  return {
    ...database,
    journal: async () => (await postgres.appliedMigrations(ENV, 'drizzle')).map(({ hash }) => hash),
    has: async (name: string) => (await query('select to_regclass($1) is not null as yes', [name]))[0]?.yes,
  };
}

/** A session of somebody else, who never says that it was cut. */
async function openSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'psql' });
  client.on('error', () => undefined);
  await client.connect();
  closing.push(() => client.end().catch(() => undefined));
  return client;
}

/** Asks until the answer is there; each question takes its own time. */
async function until(ask: () => Promise<readonly unknown[]>): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) if ((await ask()).length > 0) return;
  throw new Error('it never came');
}

const textOf = (error: unknown, code: `E_${string}`) =>
  isReleaseError(error, code) ? error.text : `not ${code}: ${String(error)}`;

beforeAll(async () => {
  cluster = await openCluster();
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await cluster.stop();
});

describe('a migration in a transaction', () => {
  it('keeps nothing of a file that fails, and names the line', async () => {
    const { postgres, has, journal } = await open();
    const file = makeFile("-- Größe\ncreate table a (id int);\ninsert into a\n  values ('ä', nowhere);");
    const error = await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
    expect(textOf(error, 'E_MIGRATION_FAILED')).toMatchObject({
      state: 'untouched',
      at: { file: `migrations/${file.tag}.sql`, line: 4, col: 16 },
    });
    expect([await has('a'), await journal(), await has('release_runbook.fence')]).toEqual([false, [], false]);
  });

  it('is untouched when its COMMIT is refused', async () => {
    const { postgres, query, journal } = await open();
    await query(`create table a (id int primary key);
      create table b (a int references a deferrable initially deferred)`);
    const error = await failureOf(
      postgres.applyMigration(ENV, makeFile('insert into b values (1)'), makeOrder()),
    );
    expect(textOf(error, 'E_MIGRATION_FAILED')).toMatchObject({ state: 'untouched' });
    expect(await journal()).toEqual([]);
  });

  it('E-51: is told as unclear when the answer to its COMMIT is lost, and was kept all the same', async () => {
    const line = await openWatchedLine(cluster.port);
    const { url, journal, has } = await open();
    const through = url.replace(`:${cluster.port}/`, `:${line.port}/`);
    const postgres = makePostgres(makeDatabaseSurroundings({ url: through }));
    const file = makeFile('create table a (id int)');
    line.cutAtCommit();
    const error = await failureOf(postgres.applyMigration(ENV, file, makeOrder()));
    await postgres.close();
    await line.close();
    expect(textOf(error, 'E_DB_CUT')).toMatchObject({ state: 'unclear' });
    expect([await has('a'), await journal()]).toEqual([true, [file.hash]]);
  });

  it('F66: is found at work by the name of its run, and is untouched when its session is ended', async () => {
    const { postgres, query, has } = await open();
    const file = makeFile('create table a (id int); select pg_sleep(600)');
    const applied = failureOf(postgres.applyMigration(ENV, file, makeOrder()));
    await until(() => postgres.sessionsOf(ENV, 'release/r-test'));
    expect(await postgres.sessionsOf(ENV, 'release/r-other')).toEqual([]);
    expect(await postgres.sessionsOf(ENV, 'release/')).toEqual(['release/r-test']);
    await query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'release/r-test'`,
    );
    expect(textOf(await applied, 'E_DB_CUT')).toMatchObject({ state: 'untouched' });
    expect([await has('a'), await postgres.sessionsOf(ENV, 'release/')]).toEqual([false, []]);
  });

  it('tries again when a lock is not free, and gives up untouched', async () => {
    const { clock, slept } = makeHastyClock();
    const { postgres, query, url } = await open({ clock });
    await query('create table a (id int)');
    const holder = await openSession(url);
    await holder.query('begin; select * from a');
    const file = makeFile('alter table a add column b int');
    const error = await failureOf(postgres.applyMigration(ENV, file, makeOrder({ lockTries: 3 })));
    expect(textOf(error, 'E_DB_LOCKED')).toMatchObject({ state: 'untouched', at: { line: 1 } });
    expect(slept).toEqual([1000, 2000]);
  });

  it('goes through as soon as the lock is free', async () => {
    let free: () => Promise<unknown> = async () => undefined;
    const clock = { ...makeHastyClock().clock, sleep: async () => void (await free()) };
    const { postgres, query, url, journal } = await open({ clock });
    await query('create table a (id int)');
    const holder = await openSession(url);
    await holder.query('begin; select * from a');
    free = () => holder.query('commit');
    const file = makeFile('alter table a add column b int');
    await postgres.applyMigration(ENV, file, makeOrder({ lockTries: 2 }));
    expect(await journal()).toEqual([file.hash]);
  });

  it('stops a statement that takes too long', async () => {
    const { postgres } = await open();
    const file = makeFile('select pg_sleep(600)');
    const error = await failureOf(postgres.applyMigration(ENV, file, makeOrder({ statementTimeoutMs: 50 })));
    expect(textOf(error, 'E_DB_TIMEOUT')).toMatchObject({ state: 'untouched' });
  });

  it('F30: runs under limits that the server keeps, so that a frozen run is ended by it', async () => {
    const { postgres, query } = await open();
    const settings = [
      'lock_timeout',
      'statement_timeout',
      'idle_in_transaction_session_timeout',
      'application_name',
    ];
    const select = settings.map((name) => `current_setting('${name}') as ${name}`).join(', ');
    await postgres.applyMigration(ENV, makeFile(`create table seen as select ${select}`), makeOrder());
    expect(await query('select * from seen')).toEqual([
      {
        lock_timeout: '200ms',
        statement_timeout: '30s',
        idle_in_transaction_session_timeout: '5s',
        application_name: 'release/r-test',
      },
    ]);
  });

  it('is applied once when two runs try at the same moment', async () => {
    const { postgres, url, query } = await open();
    const other = makePostgres(makeDatabaseSurroundings({ url, clock: makeHastyClock().clock }));
    closing.push(() => other.close());
    const file = makeFile('create table once as select 1 as n; select pg_sleep(0.05)');
    const order = makeOrder({ lockTries: 1000 });
    await Promise.all([postgres, other].map((one) => one.applyMigration(ENV, file, order)));
    expect(await query('select count(*)::int as n from drizzle.__drizzle_migrations')).toEqual([{ n: 1 }]);
  });

  it('is not begun while another session migrates', async () => {
    const { postgres, url, has } = await open();
    const other = await openSession(url);
    await other.query(`select pg_advisory_lock(hashtextextended('release-runbook/migrations', 0))`);
    const error = await failureOf(postgres.applyMigration(ENV, makeFile('create table a ()'), makeOrder()));
    expect(textOf(error, 'E_DB_LOCKED')).toMatchObject({ state: 'untouched' });
    expect(await has('a')).toBe(false);
  });

  it('is refused when the file was applied with another text', async () => {
    const { postgres, has } = await open();
    const file = makeFile('create table a ()', 'drop table a');
    await postgres.applyMigration(ENV, file, makeOrder());
    const edited = { ...file, sql: 'create table b ()', hash: 'other' };
    for (const act of [postgres.applyMigration, postgres.revertMigration]) {
      const error = await failureOf(act(ENV, edited, makeOrder()));
      expect(textOf(error, 'E_MIGRATION_EDITED')).toMatchObject({ state: 'untouched' });
    }
    expect([await has('a'), await has('b')]).toEqual([true, false]);
  });

  it('writes its row where the journal is, also when the file sets another search path', async () => {
    const { postgres, query } = await open();
    const file = makeFile("create schema s; select set_config('search_path', 's', false); create table a ()");
    await postgres.applyMigration(ENV, file, makeOrder({ journal: 'schema_migrations' }));
    expect(await query('select version from public.schema_migrations')).toEqual([{ version: file.tag }]);
    expect(await postgres.appliedMigrations(ENV, 'schema_migrations')).toEqual([{ name: file.tag }]);
  });

  it('says which right the role lacks', async () => {
    const { postgres } = await open({ role: 'app' });
    const error = await failureOf(postgres.applyMigration(ENV, makeFile('create table a ()'), makeOrder()));
    expect(textOf(error, 'E_DB_RIGHTS')).toMatchObject({
      state: 'untouched',
      why: expect.stringContaining('permission denied'),
    });
  });

  it('needs no right to create schemas once they are there', async () => {
    const { postgres, query, journal, url } = await open({ role: 'app' });
    const owner = makePostgres(makeDatabaseSurroundings({ url: url.replace('//app:', '//release:') }));
    closing.push(() => owner.close());
    await owner.applyMigration(ENV, makeFile('create table a (id int)'), makeOrder());
    await query(`grant usage on schema release_runbook, drizzle to app; alter table a owner to app;
      grant all on all tables in schema release_runbook, drizzle to app;
      grant all on all sequences in schema drizzle to app`);
    await postgres.applyMigration(ENV, makeFile('alter table a add b int'), makeOrder());
    expect(await journal()).toHaveLength(2);
  });
});

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
