import { describe, expect, it } from 'vitest';
import check from '../../../checks/migrations/lint.check.ts';
import { sha256 } from '../../../src/ledger/digest.ts';
import type { AppliedMigration } from '../../../src/services/postgres/port.ts';
import { makeSql } from '../../../src/services/sql/real.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const OLD = 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));';

interface Story {
  readonly sql: string;
  readonly back?: string;
  readonly applied?: readonly AppliedMigration[];
  readonly when?: number;
  readonly notes?: boolean;
}

const known: AppliedMigration = { hash: sha256(OLD), when: 5 };

async function judge({ sql, back = 'SELECT 1;', applied = [known], when = 6, notes = false }: Story) {
  const entries = [
    { tag: '0001_users', when: 5 },
    { tag: '0002_next', when },
  ];
  const all: Record<string, string> = {
    'migrations/meta/_journal.json': JSON.stringify({ entries }),
    'migrations/0001_users.sql': OLD,
    'migrations/0002_next.sql': sql,
    'migrations/0002_next_rollback.sql': back,
  };
  const services = onlyThese({
    sql: makeSql(),
    git: { readFile: async (_, path) => all[path], listFiles: async () => Object.keys(all) },
    postgres: { appliedMigrations: async () => applied },
  });
  const runbook = makeRunbook({ migrations: { lintNotes: notes } });
  const policy = makePolicy({ release, runbook });
  return check.judge(await check.probe(services, policy), policy);
}

describe('the lint of pending migrations', () => {
  it('MIG-02: passes when nothing is pending, however bad the applied files are', async () => {
    const applied = [known, { hash: sha256('DROP TABLE users;'), when: 6 }];
    expect(await judge({ sql: 'DROP TABLE users;', applied })).toMatchObject({
      outcome: 'pass',
      said: 'nothing is pending',
    });
  });

  it('MIG-02: passes for a pending file that only adds', async () => {
    expect(await judge({ sql: 'ALTER TABLE users ADD COLUMN note text;' })).toMatchObject({
      outcome: 'pass',
      said: '1 file, nothing to say',
    });
  });

  it('MIG-02: is NO-GO for what destroys, with the place, the rule and the line to paste', async () => {
    const answer = await judge({ sql: '-- tidy\nALTER TABLE users DROP COLUMN name;' });
    expect(answer).toMatchObject({
      outcome: 'fail',
      said: 'migrations/0002_next.sql:2:1 drop-column: drops users.name',
      remedy: 'drop-column: Stop using it in this release; drop it in a later one.',
      evidence: {
        places: [
          {
            file: 'migrations/0002_next.sql',
            line: 2,
            column: 1,
            rule: 'drop-column',
            level: 'error',
            message: 'drops users.name. Stop using it in this release; drop it in a later one.',
          },
        ],
        paste: [
          {
            file: 'migrations/0002_next.sql',
            line: expect.stringMatching(/^-- release-lint: allow drop-column reason="…" hash=[0-9a-f]{12}$/),
          },
        ],
        files: [{ file: 'migrations/0002_next.sql', class: 'destructive' }],
      },
    });
  });

  it('MIG-02: the line that it prints allows the file, once it has a reason', async () => {
    const sql = 'ALTER TABLE users DROP COLUMN name;';
    const { evidence } = await judge({ sql });
    const [{ line } = { line: '' }] = (evidence as { paste: { line: string }[] }).paste;
    expect(await judge({ sql: `${line.replace('…', 'unused since v2.0')}\n${sql}` })).toMatchObject({
      outcome: 'warn',
      said: '1 file, allowed: drop-column (unused since v2.0)',
      evidence: { places: [{ rule: 'drop-column', level: 'note' }], paste: [] },
    });
  });

  it('MIG-02: warns for what only locks', async () => {
    expect(await judge({ sql: 'CREATE INDEX users_name ON users (name);' })).toMatchObject({
      outcome: 'warn',
      evidence: { files: [{ class: 'locking' }] },
    });
  });

  it('MIG-02: judges a change of type by what the applied files say', async () => {
    expect(await judge({ sql: 'ALTER TABLE users ALTER COLUMN name TYPE text;' })).toMatchObject({
      outcome: 'pass',
    });
    expect(await judge({ sql: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(9);' })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('from varchar(50) to varchar(9)'),
    });
  });

  it('MIG-02: a file that cannot be read fails', async () => {
    expect(await judge({ sql: '\\set x 1' })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('a command of psql'),
      evidence: { paste: [] },
    });
  });

  it('MIG-10: asks of a rollback script no more than that it can run', async () => {
    expect(await judge({ sql: 'SELECT 1;', back: 'DROP TABLE users CASCADE;' })).toMatchObject({
      outcome: 'pass',
    });
    expect(await judge({ sql: 'SELECT 1;', back: 'SELECT 1;\nDROP TABEL users;' })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('migrations/0002_next_rollback.sql:2:6 unparsed'),
    });
    expect(await judge({ sql: 'SELECT 1;', back: 'BEGIN; SELECT 1; COMMIT;' })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('transaction-control'),
    });
  });

  it('MIG-02: refuses a file that is older than what is applied', async () => {
    expect(await judge({ sql: 'SELECT 1;', when: 4 })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('out-of-order'),
    });
  });

  it('MIG-02: refuses a file that was applied with another text', async () => {
    const applied = [known, { hash: sha256('SELECT 2;'), when: 6 }];
    expect(await judge({ sql: 'SELECT 1;', applied })).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('edited-applied'),
    });
  });

  it('MIG-02: tells matters of style only when they are wanted', async () => {
    const sql = 'ALTER TABLE users ADD COLUMN seen timestamp, ADD COLUMN raw json, ADD COLUMN code char(3);';
    expect((await judge({ sql })).evidence).toMatchObject({ places: [] });
    const rules = ((await judge({ sql, notes: true })).evidence as { places: { rule: string }[] }).places;
    expect(rules.map((one) => one.rule)).toEqual([
      'missing-lock-timeout',
      'timestamp-without-tz',
      'json-column',
      'char-column',
    ]);
  });

  it('MIG-02: cuts a long list short and counts the rest', async () => {
    const { said } = await judge({ sql: 'DROP TABLE a, b, c, d, e;' });
    expect(said).toMatch(/; and 2 more$/);
  });

  it('does not concern a release without a version, nor an application without migrations', () => {
    expect(check.absent?.(makePolicy())).toBe('no version was named');
    expect(check.absent?.(makePolicy({ release, runbook: makeRunbook({ migrations: undefined }) }))).toBe(
      'no migrations are configured',
    );
  });

  it('a database that does not answer leaves the question open', async () => {
    const services = onlyThese({
      sql: makeSql(),
      git: { readFile: async () => JSON.stringify({ entries: [] }), listFiles: async () => [] },
      postgres: { appliedMigrations: async () => Promise.reject(new Error('gone')) },
    });
    await expect(check.probe(services, makePolicy({ release }))).rejects.toThrow('gone');
  });
});
