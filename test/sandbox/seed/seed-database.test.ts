import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/ledger/digest.ts';
import { askServer } from '../../../src/sandbox/postgres/ask-server.ts';
import { type Cluster, startCluster } from '../../../src/sandbox/postgres/cluster.ts';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';
import { BAD, CANDIDATE, PAST } from '../../../src/sandbox/seed/files/versions.ts';
import { seedDatabase } from '../../../src/sandbox/seed/seed-database.ts';

const ROLE = 'rur2_owner';
let home: string;
let cluster: Cluster;

beforeAll(async () => {
  home = makeReachableFolder('release-seed-db-');
  cluster = await startCluster({ folder: join(home, 'production') });
  const smokeUser = { email: 'Smoke@RuR2.example', password: "it's; drop" };
  await seedDatabase(cluster, { database: 'rur2', role: ROLE, smokeUser });
});
afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

const ask = (sql: string) => askServer(cluster.url('rur2', ROLE), sql);
const value = async (sql: string) => Object.values((await ask(sql))[0] ?? {})[0];

/** Tables, columns, indexes and keys, as text. */
const SCHEMA = `select string_agg(line, E'\\n' order by line) from (
  select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
  from information_schema.columns where table_schema = 'public'
  union all select indexdef from pg_indexes where schemaname = 'public'
  union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace) as s`;

describe('the seeded database', () => {
  it('holds the rows of an application in use, and the account of the smoke tests', async () => {
    const tables = ['facilities', 'users', 'assessments', 'questions', 'evidence_files', 'payments'];
    const rows = await Promise.all(tables.map((table) => value(`select count(*)::int from ${table}`)));
    expect(rows).toEqual([3, 401, 2002, 8000, 500, expect.any(Number)]);
    const [smoke] = await ask(
      "select subscription_status, password_hash from users where email = 'smoke@rur2.example'",
    );
    expect(smoke?.subscription_status).toBe('active');
    expect(smoke?.password_hash).toMatch(/^scrypt\$/);
    expect(await value('select count(*) from users where created_at > now()')).toBe('0');
    expect(
      await value(
        'select count(*) from assessments a join users u on u.id = a.user_id where a.created_at < u.created_at',
      ),
    ).toBe('0');
  });

  it('gives new rows ids that are free', async () => {
    const made = await value(
      "insert into users (email, facility_id) values ('new@rur2.example', 1) returning id",
    );
    expect(made).toBeGreaterThan(401);
  });

  it('remembers the migrations of v2.0.3 as Drizzle does: hash of the file, time of the journal', async () => {
    const applied = await ask(
      'select hash, created_at::bigint::text as at from drizzle.__drizzle_migrations order by id',
    );
    const wanted = PAST.flatMap(({ migrations }) => migrations).map(({ sql, when }) => ({
      hash: sha256(sql),
      at: String(when),
    }));
    expect(applied).toEqual(wanted);
  });

  it('ENV-06: belongs to an ordinary role that may see other sessions and which cluster this is', async () => {
    const [role] = await ask(`select rolsuper, rolcreatedb, rolcreaterole, rolreplication,
      pg_has_role('${ROLE}', 'pg_read_all_stats', 'member') as sees from pg_roles where rolname = current_user`);
    expect(role).toEqual({
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      sees: true,
    });
    expect(await value('select system_identifier::text from pg_control_system()')).toMatch(/^\d{15,20}$/);
    expect(await value('select pg_current_wal_flush_lsn()::text')).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    expect(
      await value(
        "select count(*) from pg_tables where schemaname = 'public' and tableowner <> current_user",
      ),
    ).toBe('0');
  });

  it('MIG-03: every later migration applies, and its rollback script takes it back without a trace', async () => {
    const later = [CANDIDATE, BAD].flatMap(({ migrations }) => migrations);
    const states = [await value(SCHEMA)];
    for (const { sql } of later) {
      await ask(sql);
      states.push(await value(SCHEMA));
    }
    expect(new Set(states).size).toBe(later.length + 1);
    for (const [i, { rollback }] of [...later.entries()].reverse()) {
      await ask(rollback);
      expect(await value(SCHEMA)).toBe(states[i]);
    }
  });

  it('MIG-03: the schema of v2.0.3 can be taken back to nothing and made again', async () => {
    const all = PAST.flatMap(({ migrations }) => migrations);
    const before = await value(SCHEMA);
    const undone = [...all].reverse().map(({ rollback }) => rollback);
    await ask(undone.join(''));
    expect(await value("select count(*) from pg_tables where schemaname = 'public'")).toBe('0');
    await ask(all.map(({ sql }) => sql).join(''));
    expect(await value(SCHEMA)).toBe(before);
  });

  it('takes no name that could be read as SQL', async () => {
    const smokeUser = { email: 'a@b.example', password: 'x' };
    for (const role of ['x; drop role release', 'X', '"x"', ''])
      await expect(seedDatabase(cluster, { database: 'other', role, smokeUser })).rejects.toThrow(TypeError);
    const database = 'other" owner release --';
    await expect(seedDatabase(cluster, { database, role: ROLE, smokeUser })).rejects.toThrow(TypeError);
  });
});
