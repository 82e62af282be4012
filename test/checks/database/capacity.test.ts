import { expect, it } from 'vitest';
import check from '../../../checks/database/capacity.check.ts';
import { makePolicy } from '../../support/policy.ts';

const GIB = 1024 ** 3;
const seen = (over = {}) => ({ branches: 3, branchLimit: 10, ...over });

it.each([
  ['room', seen(), 'pass'],
  ['room for just the two', seen({ branches: 8 }), 'pass'],
  ['room for one', seen({ branches: 9 }), 'fail'],
  ['more branches than the plan allows', seen({ branches: 12 }), 'fail'],
  ['no limit told', { branches: 3 }, 'warn'],
  ['a branch that is nearly full', seen({ sizeBytes: 9 * GIB, sizeLimitBytes: 10 * GIB }), 'warn'],
  ['a branch that is not', seen({ sizeBytes: 8.9 * GIB, sizeLimitBytes: 10 * GIB }), 'pass'],
  ['maintenance today', seen({ maintenanceAt: '2026-11-24T20:00:00Z' }), 'warn'],
  ['maintenance next week', seen({ maintenanceAt: '2026-12-01T20:00:00Z' }), 'pass'],
])('HOP-22: with %s the answer is judged', (_, capacity, outcome) => {
  expect(check.judge(capacity, makePolicy()).outcome).toBe(outcome);
});

it('HOP-22: names what a release needs', () => {
  expect(check.judge(seen({ branches: 10 }), makePolicy()).said).toBe(
    '10 of 10 branches; a release makes 2 more',
  );
});
