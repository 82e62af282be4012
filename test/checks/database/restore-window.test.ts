import { describe, expect, it } from 'vitest';
import check from '../../../checks/database/restore-window.check.ts';
import { makePolicy } from '../../support/policy.ts';

describe('MIG-09: the restore window that the provider keeps', () => {
  it.each([
    [6, 'fail'],
    [25.9, 'fail'],
    [26, 'warn'],
    [167, 'warn'],
    [168, 'pass'],
    [Number.NaN, 'fail'],
  ])('MIG-09: a restore window of %d hours is %s', (hours, outcome) => {
    expect(check.judge(hours, makePolicy()).outcome).toBe(outcome);
  });
});
