import { expect, it } from 'vitest';
import check from '../../../checks/database/idle-transactions.check.ts';
import { makePolicy } from '../../support/policy.ts';

const session = (seconds: number, state = 'idle in transaction') => ({
  pid: 17,
  seconds,
  state,
  application: 'psql',
});
const seen = (over = {}) => ({ sessions: [], prepared: [], limitedView: false, ...over });

it.each([
  [seen(), 'pass'],
  [seen({ sessions: [session(60)] }), 'pass'],
  [seen({ sessions: [session(60.1)] }), 'warn'],
  [seen({ sessions: [session(600, 'active')] }), 'pass'],
  [seen({ sessions: [session(61, 'idle in transaction (aborted)')] }), 'warn'],
  [seen({ prepared: [{ name: 'two-phase', seconds: 61 }] }), 'warn'],
  [seen({ limitedView: true }), 'warn'],
])('ENV-08: with %j the answer is %s', (found, outcome) => {
  expect(check.judge(found, makePolicy()).outcome).toBe(outcome);
});

it('ENV-08: names what holds the locks, and what it cannot see', () => {
  expect(check.judge(seen({ sessions: [session(75)] }), makePolicy()).said).toContain('pid 17 (psql, 75 s)');
  expect(check.judge(seen({ limitedView: true }), makePolicy()).said).toContain('limited view');
});
