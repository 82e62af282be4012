import { describe, expect, it } from 'vitest';
import check from '../../../checks/migrations/journal-order.check.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const runbook = makeRunbook({ migrations: { folder: 'drizzle', journalFile: 'drizzle/meta/_journal.json' } });
const policy = makePolicy({ release, runbook });

/** What is found where the folder holds these files, and the journal names these tags with these times. */
async function answer(files: readonly string[], named?: Readonly<Record<string, number>>) {
  const entries = Object.entries(named ?? {}).map(([tag, when]) => ({ tag, when }));
  const services = onlyThese({
    git: {
      readFile: async () => (named === undefined ? undefined : JSON.stringify({ entries })),
      listFiles: async () => files.map((name) => `drizzle/${name}`),
    },
  });
  return check.judge(await check.probe(services, policy), policy);
}

describe('migrations.journal-order', () => {
  it('MIG-01: passes when each entry is newer than the one before, and each file has one', async () => {
    const files = ['0000_a.sql', '0000_a_rollback.sql', '0001_b.sql', 'meta/_journal.json', 'old/0000_z.sql'];
    expect(await answer(files, { '0000_a': 1, '0001_b': 2 })).toEqual({
      outcome: 'pass',
      said: '2 in order',
    });
  });

  it('MIG-01: fails for an entry that a runner would skip without a word', async () => {
    expect(await answer([], { '000': 1, '001': 3, '002': 2 })).toMatchObject({
      outcome: 'fail',
      said: '002 would be skipped: older than one before it',
    });
  });

  it('MIG-01: fails for a file that no entry names, because nobody would apply it', async () => {
    expect(await answer(['0000_a.sql', '0001_by_hand.sql'], { '0000_a': 1 })).toMatchObject({
      outcome: 'fail',
      said: 'drizzle/meta/_journal.json does not name 0001_by_hand: nobody would apply it',
    });
  });

  it('takes a file without a number for none of them', async () => {
    expect((await answer(['0000_a.sql', 'seed.sql'], { '0000_a': 1 })).outcome).toBe('pass');
  });

  it('MIG-01: fails where files are there and the journal is not: its path may be wrong', async () => {
    expect(await answer(['0000_a.sql', '0001_b.sql'])).toMatchObject({
      outcome: 'fail',
      said: 'drizzle/meta/_journal.json is not in the release, so nobody would apply the 2 files of drizzle',
    });
  });

  it('MIG-01: says that nothing would be migrated where neither is there', async () => {
    expect(await answer([])).toMatchObject({
      outcome: 'warn',
      said: 'the release has neither drizzle/meta/_journal.json nor a file of SQL in drizzle: nothing would be migrated',
    });
  });

  it('a journal that is none cannot be judged', async () => {
    const services = onlyThese({
      git: { readFile: async () => '{"entries":[{"tag":"../x","when":1}]}', listFiles: async () => [] },
    });
    await expect(check.probe(services, policy)).rejects.toMatchObject({ code: 'E_JOURNAL_SHAPE' });
  });
});
