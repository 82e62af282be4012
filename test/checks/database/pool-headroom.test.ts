import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import check from '../../../checks/database/pool-headroom.check.ts';
import { makePolicy } from '../../support/policy.ts';

const policy = makePolicy();
const usage = (used: number, limit: number, limitedView = false) => ({ used, limit, limitedView });

it.each([
  [79, 'pass'],
  [80, 'fail'],
  [100, 'fail'],
])('ENV-06: judges %i of 100 connections as %s', (used, outcome) => {
  expect(check.judge(usage(used, 100), policy).outcome).toBe(outcome);
});

it('ENV-06: has exactly one answer for every usage', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (used, limit) => {
      expect(check.judge(usage(used, limit), policy).outcome).toBe(
        (used / limit) * 100 < 80 ? 'pass' : 'fail',
      );
    }),
  );
});

it('says so when the role sees other sessions only in part', () => {
  expect(check.judge(usage(1, 100, true), policy).said).toContain('limited view');
});

it('fails rather than divides by nothing', () => {
  expect(check.judge(usage(0, 0), policy).outcome).toBe('fail');
});
