import { describe, expect, it } from 'vitest';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { openMigrated, textOf } from './migrated-database.ts';
import { failureOf, makeDatabaseSurroundings, makeFile, makeHastyClock, makeOrder } from './open-database.ts';
import { shareCluster, until } from './share-cluster.ts';
import { describeUntransacted } from './untransacted-suite.ts';
import { openWatchedLine } from './watched-line.ts';

const ENV = 'production';
const shared = shareCluster();
const { openSession } = shared;
const open = (wanted: Parameters<typeof shared.open>[0] = {}) => openMigrated(shared, wanted);

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
    const line = await openWatchedLine(shared.cluster.port);
    const { url, journal, has } = await open();
    const through = url.replace(`:${shared.cluster.port}/`, `:${line.port}/`);
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
    shared.closeLater(other);
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
    shared.closeLater(owner);
    await owner.applyMigration(ENV, makeFile('create table a (id int)'), makeOrder());
    await query(`grant usage on schema release_runbook, drizzle to app; alter table a owner to app;
      grant all on all tables in schema release_runbook, drizzle to app;
      grant all on all sequences in schema drizzle to app`);
    await postgres.applyMigration(ENV, makeFile('alter table a add b int'), makeOrder());
    expect(await journal()).toHaveLength(2);
  });
});

describe('F67: a build that fails half way', () => describeUntransacted(shared));
