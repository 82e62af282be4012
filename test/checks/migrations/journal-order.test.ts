import { expect, it } from 'vitest';
import check from '../../../checks/migrations/journal-order.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
const judge = (...whens: number[]) =>
  check.judge(
    whens.map((when, i) => ({ tag: `00${i}`, when })),
    makePolicy({ release }),
  );

it('MIG-01: passes when each entry is newer than the one before', () => {
  expect(judge(1, 2, 3).outcome).toBe('pass');
});

it('MIG-01: fails for an entry that a runner would skip without a word', () => {
  expect(judge(1, 3, 2)).toMatchObject({
    outcome: 'fail',
    said: '002 would be skipped: older than one before it',
  });
});

it('a journal that is none cannot be judged', async () => {
  const services = onlyThese({ git: { readFile: async () => '{"entries":[{"tag":"../x","when":1}]}' } });
  await expect(check.probe(services, makePolicy({ release }))).rejects.toMatchObject({
    code: 'E_JOURNAL_SHAPE',
  });
});
