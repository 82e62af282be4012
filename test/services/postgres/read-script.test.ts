import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { readScript } from '../../../src/services/postgres/read-script.ts';
import { failureOf } from './open-database.ts';

const waysOf = async (sql: string) => (await readScript('a.sql', sql)).statements.map(({ way }) => way);

describe('a file of SQL', () => {
  it.each([
    'create index concurrently i on t (a)',
    'drop index concurrently i',
    'reindex index concurrently i',
    'reindex (concurrently) table t',
    'alter table t detach partition p concurrently',
  ])('runs outside a transaction, without giving up on locks: %s', async (sql) => {
    expect(await waysOf(sql)).toEqual(['concurrent']);
  });

  it.each([
    'vacuum t',
    'vacuum full t',
    'alter system set work_mem = 1',
    'create database d',
    'drop database d',
    'reindex schema s',
    'cluster',
    'alter database d set tablespace x',
    "create subscription s connection '' publication p",
  ])('runs outside a transaction: %s', async (sql) => {
    expect(await waysOf(sql)).toEqual(['outside']);
  });

  it.each([
    'create index i on t (a)',
    'drop index i',
    'reindex index i',
    'analyze t',
    'cluster t',
    'refresh materialized view concurrently v',
    "alter type e add value 'x'",
    "select 'create index concurrently'; -- vacuum",
    'alter database d set work_mem = 1',
  ])('runs in a transaction: %s', async (sql) => {
    expect(await waysOf(sql)).toEqual(['inside']);
  });

  it('knows each statement and its place, also behind letters of more than one byte', async () => {
    const sql = "-- Größe\nselect 'ä';\n--> statement-breakpoint\n  select 2";
    const { statements } = await readScript('a.sql', sql);
    expect(statements.map(({ text }) => text)).toEqual(["select 'ä'", 'select 2']);
    expect(statements.map(({ at }) => sql.slice(at, at + 6))).toEqual(['select', 'select']);
  });

  it('knows which indexes are made and which are taken away first', async () => {
    const { statements } = await readScript(
      'a.sql',
      'drop index concurrently s.i; create index concurrently i on t (a)',
    );
    expect(statements.map(({ makes, takes }) => [makes, takes])).toEqual([
      [[], ['i']],
      [['i'], []],
    ]);
  });

  it.each(['', ' \n', '-- nothing yet\n'])('may be empty: %j', async (sql) => {
    expect(await waysOf(sql)).toEqual([]);
  });

  it('is refused with line and column when it is no SQL', async () => {
    const error = await failureOf(readScript('migrations/a.sql', '-- ä\nselect 1;\n  selec 2;'));
    expect(isReleaseError(error, 'E_MIGRATION_SYNTAX') && error.text).toMatchObject({
      state: 'untouched',
      at: { file: 'migrations/a.sql', line: 3, col: 3 },
    });
  });

  it('goes on behind a character that no SQL has, and keeps it for the server to refuse', async () => {
    const { statements } = await readScript('a.sql', 'select 1;\u0000 vacuum t');
    expect(statements.map(({ way }) => way)).toEqual(['inside', 'outside']);
    expect(statements.map(({ text }) => text)[1]).toContain('vacuum t');
  });

  it.each(['begin', 'commit', 'rollback', 'savepoint a', "prepare transaction 'x'"])(
    'E-51: is refused when it parts the transaction by %s',
    async (word) => {
      const error = await failureOf(readScript('a.sql', `select 1;\n${word};`));
      expect(isReleaseError(error, 'E_MIGRATION_CONTROL') && error.text.at?.line).toBe(2);
    },
  );
});
