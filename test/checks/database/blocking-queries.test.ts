import { expect, it } from 'vitest';
import check from '../../../checks/database/blocking-queries.check.ts';
import { makePolicy } from '../../support/policy.ts';

const waiting = (waitsSeconds: number) => ({
  pid: 4412,
  waitsSeconds,
  query: 'ALTER TABLE exports ADD COLUMN note text',
  blockedBy: [{ pid: 17, state: 'idle in transaction', application: 'psql' }],
});

it.each([
  [[], 'pass'],
  [[waiting(29.9)], 'pass'],
  [[waiting(30)], 'pass'],
  [[waiting(30.1)], 'fail'],
])('ENV-08: with %j the answer is %s', (blocked, outcome) => {
  expect(check.judge(blocked, makePolicy()).outcome).toBe(outcome);
});

it('ENV-08: names the query that waits longest and who blocks it', () => {
  const said = check.judge([waiting(31), waiting(48)], makePolicy());
  expect(said.said).toContain('2 blocked for up to 48 s (limit 30 s): pid 4412 ALTER TABLE');
  expect(said.remedy).toContain('pid 17 (idle in transaction, psql)');
});
