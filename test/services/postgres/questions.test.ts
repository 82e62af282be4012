import { inspect } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makePostgres } from '../../../src/services/postgres/real.ts';
import { ROLES_SQL } from '../../../src/services/postgres/rights-sql.ts';
import { describeGapEdges } from './gap-edges.ts';
import { describeGap } from './gap-suite.ts';
import { failureOf, makeDatabaseSurroundings } from './open-database.ts';
import { describeRestorePoint } from './restore-point-suite.ts';
import { shareCluster, until } from './share-cluster.ts';
import { describeSilence } from './silence-suite.ts';
import { openWatchedLine } from './watched-line.ts';

const ENV = 'production';
const shared = shareCluster();
const { open, openSession } = shared;

describe('an address', () => {
  // Without a name, as for psql, the database is called like the role.
  beforeAll(() => shared.cluster.query('postgres', 'create database app'));

  it.each([
    ['PGOPTIONS', '-c search_path=nowhere'],
    ['PGSSLMODE', 'no-verify'],
    ['PGDATABASE', 'postgres'],
  ])('T04: means the same on every machine, whatever %s of the terminal says', async (name, value) => {
    vi.stubEnv(name, value);
    const postgres = makePostgres(makeDatabaseSurroundings({ url: shared.cluster.url('', 'app') }));
    shared.closeLater(postgres);
    const isAsMeant = `current_database() = 'app' and current_setting('search_path') = '"$user", public'`;
    expect(await postgres.readNumber(ENV, `select (${isAsMeant})::int`)).toBe(1);
  });
});

describe('questions to PostgreSQL', () => {
  it('ENV-05: answers, and says how long one SELECT took', async () => {
    const { postgres } = await open();
    const { latencyMs } = await postgres.ping(ENV);
    expect(latencyMs).toBeGreaterThan(0);
  });

  it('tells two databases of one cluster, and one cluster, by the identifier of the cluster', async () => {
    const [one, two] = [await open(), await open({ role: 'app' })];
    const [first, second] = [await one.postgres.identity(ENV), await two.postgres.identity(ENV)];
    expect(first.systemIdentifier).toMatch(/^\d{10,}$/);
    expect(second).toEqual({ ...first, database: two.name });
  });

  it('says that a role may not read the identifier, rather than making one up', async () => {
    const { postgres, query } = await open({ role: 'app' });
    await query('revoke execute on function pg_control_system() from public');
    expect(isReleaseError(await failureOf(postgres.identity(ENV)), 'E_DB_RIGHTS')).toBe(true);
  });

  it('ENV-06: counts sessions of the whole server against what ordinary roles may use', async () => {
    const { postgres, query } = await open();
    const before = await postgres.poolUsage(ENV);
    await openSession(shared.cluster.url('postgres', 'app'));
    const after = await postgres.poolUsage(ENV);
    expect(after.used - before.used).toBe(1);
    const [server] = await query(
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - current_setting('reserved_connections')::int as most`,
    );
    expect(after).toMatchObject({ limit: server?.most, limitedView: false });
  });

  it('ENV-06: takes what the provider keeps for itself off, when that is more', async () => {
    const { postgres, query } = await open({ reserved: 7 });
    const [server] = await query(`select current_setting('max_connections')::int as most`);
    expect((await postgres.poolUsage(ENV)).limit).toBe(Number(server?.most) - 7);
  });

  it('ENV-06: takes the limit of the role or of the database when that is tighter, and says that the view is limited', async () => {
    const { postgres, query, name } = await open({ role: 'app' });
    await query(`alter database ${name} connection limit 5`);
    expect(await postgres.poolUsage(ENV)).toEqual({ used: 1, limit: 5, limitedView: true });
    await query('alter role app connection limit 3');
    const byRole = await postgres.poolUsage(ENV);
    await query('alter role app connection limit -1');
    expect(byRole.limit).toBe(3);
  });

  it('ENV-08: names who waits for a lock and who holds it', async () => {
    const { postgres, query, url } = await open();
    await query('create table t (id int)');
    const [holder, waiter] = [await openSession(url), await openSession(url)];
    expect(await postgres.blockedQueries(ENV)).toEqual([]);
    await holder.query('begin; lock table t');
    const waiting = waiter.query('select * from t');
    const blocked = await until(() => postgres.blockedQueries(ENV));
    await holder.query('commit');
    await waiting;
    expect(blocked).toMatchObject({
      query: 'select * from t',
      blockedBy: [{ state: 'idle in transaction', application: 'psql' }],
    });
    expect(blocked.waitsSeconds).toBeGreaterThanOrEqual(0);
    expect(await postgres.blockedQueries(ENV)).toEqual([]);
  });

  it('ENV-08: finds who waits also for a role that may not look into other sessions, and says what it cannot see', async () => {
    const { postgres, query, name } = await open({ role: 'app' });
    await query('create table t (id int)');
    const [holder, waiter] = [
      await openSession(shared.cluster.url(name)),
      await openSession(shared.cluster.url(name)),
    ];
    await holder.query('begin; lock table t');
    const waiting = waiter.query('select * from t');
    const blocked = await until(() => postgres.blockedQueries(ENV));
    await holder.query('commit');
    await waiting;
    expect(blocked.query).toContain('limited view');
    expect(blocked.blockedBy).toMatchObject([{ state: 'unknown', application: 'psql' }]);
  });

  it('ENV-08: names transactions that were left open, and says when the role cannot see them', async () => {
    const { postgres, name, url } = await open();
    const idle = await openSession(url);
    expect((await postgres.openTransactions(ENV)).sessions).toEqual([]);
    await idle.query('begin; select 1');
    const [seen] = (await postgres.openTransactions(ENV)).sessions;
    expect(seen).toMatchObject({ state: 'idle in transaction', application: 'psql' });
    expect(seen?.seconds).toBeGreaterThan(0);
    const ordinary = makePostgres(makeDatabaseSurroundings({ url: shared.cluster.url(name, 'app') }));
    const blind = await ordinary.openTransactions(ENV);
    await ordinary.close();
    await idle.query('commit');
    expect(blind).toEqual({ sessions: [], prepared: [], limitedView: true });
  });

  it('ENV-08: a member of pg_read_all_stats that does not inherit its rights has a limited view', async () => {
    const { name, query } = await open();
    const password = decodeURIComponent(new URL(shared.cluster.url(name)).password);
    await query(`create role stiff login noinherit password '${password}' in role pg_read_all_stats`);
    const stiff = makePostgres(makeDatabaseSurroundings({ url: shared.cluster.url(name, 'stiff') }));
    shared.closeLater(stiff);
    expect(await stiff.openTransactions(ENV)).toMatchObject({ limitedView: true });
    expect(await stiff.poolUsage(ENV)).toMatchObject({ limitedView: true });
  });

  it('E-27: orders versions as people count them, and finds nothing where there is no journal', async () => {
    const { postgres, query } = await open();
    expect(await postgres.appliedMigrations(ENV, 'schema_migrations')).toEqual([]);
    expect(await postgres.appliedMigrations(ENV, 'drizzle')).toEqual([]);
    await query(
      `create table schema_migrations (version text); insert into schema_migrations values ('10'), ('9')`,
    );
    expect(await postgres.appliedMigrations(ENV, 'schema_migrations')).toEqual([
      { name: '9' },
      { name: '10' },
    ]);
  });

  it('DAT-01: reads one number, also a count, which the driver hands over as text', async () => {
    const { postgres } = await open();
    expect(await postgres.readNumber(ENV, 'select count(*) from generate_series(1, 12)')).toBe(12);
    expect(await postgres.readNumber(ENV, 'select 1.5::numeric')).toBe(1.5);
    expect(await postgres.readNumber(ENV, 'select extract(epoch from clock_timestamp())')).toBeGreaterThan(
      1e9,
    );
  });

  it.each([
    ['two rows', 'select generate_series(1, 2)', '2 rows of 1 columns came'],
    ['no row', 'select 1 where false', '0 rows of 0 columns came'],
    ['two columns', 'select 1 as a, 2 as b', '1 rows of 2 columns came'],
    ['null', 'select sum(1) where false', 'nothing (null) came'],
    ['text', "select 'Ada Lovelace'", 'a string came'],
  ])('DAT-01: says what came instead of a number: %s', async (_what, sql, said) => {
    const { postgres } = await open();
    const error = await failureOf(postgres.readNumber(ENV, sql));
    expect(isReleaseError(error, 'E_DB_NUMBER') && error.text.what).toContain(said);
    expect(inspect(error)).not.toContain('Lovelace');
  });

  it('DAT-02: reads timestamps without a zone as UTC, whatever the zone of the database', async () => {
    const { postgres, query, name } = await open();
    await query(`alter database ${name} set timezone to 'Asia/Tokyo'`);
    const sql = "select extract(epoch from (timestamp '2026-01-01 00:00')::timestamptz)";
    expect(await postgres.readNumber(ENV, sql)).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000);
  });

  it('RBV-5: asks only for as long as is left when its turn comes, and not at all without any time', async () => {
    const { postgres, query } = await open();
    await query('create table t (id int)');
    const late = (sql: string, left: number) => failureOf(postgres.readNumber(ENV, sql, () => left));
    expect(await late('select 1 from pg_sleep(600)', 50)).toMatchObject({ code: 'E_DB_TIMEOUT' });
    const none = await late('select count(*) from t', 0);
    expect(none).toMatchObject({ code: 'E_DB_TIMEOUT', text: { why: expect.stringContaining('its turn') } });
    expect(await postgres.readNumber(ENV, 'select count(*) from t', () => 10_000)).toBe(0);
  });

  it.each([
    ['a change', 'insert into t values (1) returning 1'],
    ['a second statement', 'select 1; commit; insert into t values (1)'],
    ['a way out of the read-only transaction', "select set_config('transaction_read_only', 'off', true)"],
  ])('lets no question change anything: %s', async (_what, sql) => {
    const { postgres, query } = await open();
    await query('create table t (id int)');
    expect(isReleaseError(await failureOf(postgres.readNumber(ENV, sql)), 'E_DB_REFUSED')).toBe(true);
    expect(await query('select * from t')).toEqual([]);
  });

  it('opens three sessions at most, however much is asked at once', async () => {
    const { postgres, name } = await open();
    const sql = `select count(*) from pg_stat_activity where datname = '${name}' and application_name = 'release/questions'`;
    const counts = await Promise.all(Array.from({ length: 12 }, () => postgres.readNumber(ENV, sql)));
    expect(Math.max(...counts)).toBe(3);
  });

  it('opens sessions with nothing that a transaction pooler refuses', async () => {
    const line = await openWatchedLine(shared.cluster.port);
    const { url } = await open();
    const through = url.replace(`:${shared.cluster.port}/`, `:${line.port}/`);
    const postgres = makePostgres(makeDatabaseSurroundings({ url: `${through}?statement_timeout=5000` }));
    await postgres.ping(ENV);
    await postgres.close();
    await line.close();
    expect(line.startupParameters()).toEqual([['user', 'database', 'application_name', 'client_encoding']]);
  });

  it('asks for all of a schema before the first answer is there: a far server is not asked one by one', async () => {
    const line = await openWatchedLine(shared.cluster.port);
    const { url, query } = await open();
    await query('create table t (id int)');
    line.holdAnswers('has_any_column_privilege', ROLES_SQL);
    const through = url.replace(`:${shared.cluster.port}/`, `:${line.port}/`);
    const postgres = makePostgres(makeDatabaseSurroundings({ url: through }));
    const { items } = await postgres.catalogue(ENV);
    await postgres.close();
    await line.close();
    expect(items).toContainEqual(expect.objectContaining({ kind: 'table', name: 't' }));
  });

  it('goes on after the server has cut its idle sessions', async () => {
    const { postgres, query, name } = await open();
    await postgres.ping(ENV);
    const cut = await query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}' and application_name = 'release/questions'`);
    expect(cut).toHaveLength(1);
    await expect(postgres.ping(ENV)).resolves.toBeDefined();
  });

  it('ends its sessions, also those that still wait for an answer', async () => {
    const { postgres, query, name } = await open();
    const asked = failureOf(postgres.readNumber(ENV, 'select 1 from pg_sleep(600)'));
    const ours = `select pid from pg_stat_activity where datname = '${name}' and query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()`;
    await until(() => query(ours));
    await postgres.close();
    expect(isReleaseError(await asked, 'E_DB_CUT')).toBe(true);
  });
});

describeRestorePoint(shared);
describeSilence(shared);
describeGap(() => shared.cluster);
describeGapEdges(() => shared.cluster);
