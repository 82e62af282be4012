import { expect, it } from 'vitest';
import check from '../../../checks/source/release-branch.check.ts';
import { makePolicy } from '../../support/policy.ts';

const tip = 'b'.repeat(40);
const main = 'a'.repeat(40);
const seen = (over = {}) => ({
  branch: 'release/v2.1.0',
  main,
  tip,
  merge: { clean: true, conflicts: [], sameAsBranch: true },
  merged: false,
  lacked: [],
  isLive: false,
  ...over,
});

it.each([
  ['a branch that merges cleanly', {}, 'pass'],
  ['a branch that is already merged', { merged: true }, 'pass'],
  [
    'a live version whose main went on',
    { merged: true, isLive: true, merge: { clean: true, conflicts: [], sameAsBranch: false } },
    'pass',
  ],
  ['no branch', { tip: undefined }, 'fail'],
  ['no main', { main: undefined }, 'fail'],
  ['a conflict', { merge: { clean: false, conflicts: ['package.json'], sameAsBranch: false } }, 'fail'],
  ['a merge that was not tried', { merge: undefined }, 'fail'],
])('HOP-01: with %s', (_name, over, outcome) => {
  expect(check.judge(seen(over), makePolicy()).outcome).toBe(outcome);
});

it('is left out when no version is named', () => {
  expect(check.absent?.(makePolicy())).toBe('no version was named');
});
