import { expect, it } from 'vitest';
import check from '../../../checks/migrations/rollback-scripts.check.ts';
import { makeSql } from '../../../src/services/sql/real.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const journal = JSON.stringify({ entries: [{ tag: '0043_note', when: 5 }] });
const files = (over: Record<string, string>): Record<string, string> => ({
  'migrations/meta/_journal.json': journal,
  'migrations/0043_note.sql': 'alter table exports add note text;',
  ...over,
});
const probe = (over: Record<string, string>) => {
  const all = files(over);
  const services = onlyThese({
    git: { readFile: async (_c, path) => all[path], listFiles: async () => Object.keys(all) },
    sql: makeSql(),
    postgres: { appliedMigrations: async () => [] },
  });
  return check.probe(services, makePolicy({ release }));
};
const judge = async (over: Record<string, string>) =>
  check.judge(await probe(over), makePolicy({ release })).outcome;

it('MIG-03: passes when every pending file has a script', async () => {
  expect(await judge({ 'migrations/0043_note_rollback.sql': 'alter table exports drop column note;' })).toBe(
    'pass',
  );
});

it('MIG-03: fails for a pending file without a script', async () => {
  expect(await judge({})).toBe('fail');
});

it('MIG-03: takes a script of comments alone for none', async () => {
  expect(await judge({ 'migrations/0043_note_rollback.sql': '-- later\n' })).toBe('fail');
});

it('MIG-10: warns when the file says why it cannot go back', async () => {
  expect(
    await judge({ 'migrations/0043_note.sql': '-- irreversible: the column is gone\ndrop table notes;' }),
  ).toBe('warn');
});

it('passes when nothing is pending', () => {
  expect(check.judge({ history: [], pending: [] }, makePolicy({ release }))).toMatchObject({
    outcome: 'pass',
    said: 'nothing is pending',
  });
});
