import { describe, expect, it } from 'vitest';
import type { CatalogueItem } from '../../../src/domain/catalogue.ts';
import { findTouched } from '../../../src/domain/parity/find-touched.ts';
import type { Side } from '../../../src/domain/parity/likeness.ts';
import { readStatements } from '../../../src/kit/parity/read-statements.ts';
import { makeSql } from '../../../src/services/sql/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { compare, makeSide, saidOf } from '../../support/parity.ts';

const table = (name: string): CatalogueItem => ({ kind: 'table', name, is: 'plain', of: '' });
const part = (kind: CatalogueItem['kind'], name: string, is: string, of = 'users'): CatalogueItem => ({
  kind,
  name,
  is,
  of: `table ${of}`,
});
const NEXT = { tag: '0002_next', hash: 'h2' };
const file = (sql: string) => ({ tag: '0002_next', sql, hash: 'h2', when: 2 });

/** Staging with a pending file applied and these objects, production with those. */
async function release(sql: string, added: readonly CatalogueItem[], kept: readonly CatalogueItem[] = []) {
  const own = makeSide('x');
  const left: Partial<Side> = {
    applied: [{ hash: 'h1' }, { hash: 'h2' }],
    code: { ...own.code, migrations: [...own.code.migrations, NEXT] },
    catalogue: { items: [table('users'), ...added] },
  };
  const right: Partial<Side> = { catalogue: { items: [table('users'), ...kept] } };
  return compare(left, right, findTouched(await readStatements(makeSql(), [file(sql)])));
}

describe('a schema that differs', () => {
  it.each([
    ['ALTER TABLE users ADD COLUMN due date', [part('column', 'users.due', 'date')], []],
    ['ALTER TABLE public.users ADD COLUMN due date', [part('column', 'users.due', 'date')], []],
    [
      'ALTER TABLE users ADD COLUMN mail text UNIQUE',
      [part('column', 'users.mail', 'text'), part('constraint', 'users.users_mail_key', 'UNIQUE (mail)')],
      [],
    ],
    ['ALTER TABLE users DROP COLUMN due', [], [part('column', 'users.due', 'date')]],
    [
      'ALTER TABLE users ALTER COLUMN n TYPE bigint',
      [part('column', 'users.n', 'bigint')],
      [part('column', 'users.n', 'integer')],
    ],
    [
      'CREATE INDEX CONCURRENTLY by_due ON users (due)',
      [part('index', 'users.by_due', 'CREATE INDEX …')],
      [],
    ],
    ['CREATE INDEX ON users (due)', [part('index', 'users.users_due_idx', 'CREATE INDEX …')], []],
    ['DROP INDEX by_due', [], [part('index', 'users.by_due', 'CREATE INDEX …')]],
    [
      'CREATE TABLE jobs (id serial primary key)',
      [table('jobs'), part('column', 'jobs.id', 'integer', 'jobs')],
      [],
    ],
    [
      'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)',
      [part('constraint', 'users.adult', 'CHECK')],
      [],
    ],
    ["CREATE TYPE mood AS ENUM ('good')", [{ kind: 'enum', name: 'mood', is: "('good')", of: '' }], []],
    [
      'ALTER TABLE users RENAME COLUMN a TO b',
      [part('column', 'users.b', 'text')],
      [part('column', 'users.a', 'text')],
    ],
    ['ALTER TABLE users ENABLE ROW LEVEL SECURITY', [part('row security', 'users', 'on')], []],
    ['ALTER TABLE users DISABLE ROW LEVEL SECURITY', [], [part('row security', 'users', 'on')]],
    [
      'CREATE OR REPLACE VIEW young AS SELECT 1',
      [{ kind: 'view', name: 'young', is: 'md5 1', of: '' }],
      [{ kind: 'view', name: 'young', is: 'md5 2', of: '' }],
    ],
    [
      'DO $$ BEGIN ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17); EXCEPTION WHEN duplicate_object THEN null; END $$',
      [part('constraint', 'users.adult', 'CHECK')],
      [],
    ],
  ] as const)('PAR-04, E-53: is explained by what the pending file does: %s', async (sql, added, kept) => {
    const found = await release(sql, added, kept);
    expect(saidOf(found)).toEqual([]);
    expect(found).toMatchObject({ percent: 100, unacceptable: [] });
    expect(found.areas[3]?.expected).toEqual(['migration 0002_next']);
  });

  it('PAR-12: names a column that somebody added by hand beside the release’s own', async () => {
    const sql = 'ALTER TABLE users ADD COLUMN due date';
    const items = [part('column', 'users.due', 'date'), part('column', 'users.note', 'text')];
    const found = await release(sql, items);
    expect(saidOf(found)).toEqual(['column users.note only in staging']);
    expect(found.unacceptable).toHaveLength(1);
    expect(found.percent).toBeLessThan(100);
  });

  it('PAR-12: names one that was added to production by hand', async () => {
    const items = [part('column', 'users.due', 'date')];
    const found = await release('ALTER TABLE users ADD COLUMN due date', items, [
      part('column', 'users.note', 'text'),
    ]);
    expect(saidOf(found)).toEqual(['column users.note only in production']);
  });

  it('PAR-12: explains nothing in the other direction: a file that drops a column does not bring one', async () => {
    const found = await release('ALTER TABLE users DROP COLUMN due', [part('column', 'users.due', 'date')]);
    expect(saidOf(found)).toEqual(['column users.due only in staging']);
  });

  it.each([
    ['ALTER TABLE users ALTER COLUMN due SET NOT NULL', [part('column', 'users.due', 'date')]],
    ['CREATE OR REPLACE VIEW young AS SELECT 1', [{ kind: 'view', name: 'young', is: 'md5 1', of: '' }]],
    ['CREATE TRIGGER seen AFTER INSERT ON users EXECUTE FUNCTION f()', [part('trigger', 'users.seen', 'x')]],
  ] as const)('PAR-12: does not take what staging lost by hand for a change: %s', async (sql, kept) => {
    expect(saidOf(await release(sql, [], kept))).toHaveLength(1);
  });

  it('PAR-12: does not take what staging got by hand for a change of the release', async () => {
    const sql = 'ALTER TABLE users ALTER COLUMN due SET NOT NULL';
    const found = await release(sql, [part('column', 'users.due', 'date')]);
    expect(saidOf(found)).toEqual(['column users.due only in staging']);
  });

  it('PAR-12: misses what the release makes and staging does not have', async () => {
    const found = await release('ALTER TABLE users ADD COLUMN due date', []);
    expect(saidOf(found)).toEqual(['column users.due is not in staging, although the release brings it']);
  });

  it('PAR-12: names what production has before the release brings it, because the migration will fail on it', async () => {
    const both = [part('column', 'users.due', 'date')];
    const found = await release('ALTER TABLE users ADD COLUMN due date', both, both);
    expect(saidOf(found)).toEqual([
      'column users.due is in production already, before the release brings it',
    ]);
  });

  it('PAR-12: is not explained by SQL that is put together while it runs', async () => {
    const sql =
      "DO $$ DECLARE c text := 'due'; BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN ' || c || ' date'; END $$";
    const found = await release(sql, [part('column', 'users.due', 'date')]);
    expect(saidOf(found)).toEqual(['column users.due only in staging']);
  });

  it('is not known where a file is no SQL', async () => {
    expect((await failureOf(readStatements(makeSql(), [file('ALTER TABEL users')]))).code).toBe(
      'E_MIGRATION_SYNTAX',
    );
  });
});

describe('journals', () => {
  const own = makeSide('x').code;
  const code = { ...own, migrations: [...own.migrations, NEXT] };

  it('PAR-12: names a migration that a side’s own commit has and its database has not', () => {
    expect(saidOf(compare({ code }))).toEqual(['migration 0002_next is not applied in staging']);
    const found = compare({ code, applied: [{ hash: 'h1' }, { hash: 'h2' }] }, { applied: [] });
    expect(saidOf(found)).toEqual(['migration 0001_users is not applied in production']);
  });

  it('PAR-12: names one that was applied and that no commit has, as an edited file is', () => {
    const found = compare({ applied: [{ hash: 'h1' }, { hash: 'deadbeef99' }] });
    expect(saidOf(found)).toEqual(['migration deadbeef is applied in staging, and no commit has it']);
  });

  it('PAR-04: takes one that production applied ahead of the release for no difference', () => {
    const both = [{ hash: 'h1' }, { hash: 'h2' }];
    expect(saidOf(compare({ code, applied: both }, { applied: both }))).toEqual([]);
  });

  it('E-27: finds them by name where the journal has no hashes', () => {
    const named = { applied: [{ name: '0001_users' }] };
    expect(saidOf(compare(named, named))).toEqual([]);
  });
});
