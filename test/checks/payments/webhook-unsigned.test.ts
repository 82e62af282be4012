import { expect, it } from 'vitest';
import check from '../../../checks/payments/webhook-unsigned.check.ts';
import { makePolicy } from '../../support/policy.ts';

it.each([
  [400, 'pass'],
  [401, 'pass'],
  [200, 'fail'],
  [204, 'fail'],
  [404, 'fail'],
  [500, 'fail'],
])('ENV-10: HTTP %i for an unsigned event is %s', (status, outcome) => {
  expect(check.judge({ status }, makePolicy()).outcome).toBe(outcome);
});
