import { expect, it } from 'vitest';
import check from '../../../checks/app/dns.check.ts';
import { makePolicy } from '../../support/policy.ts';

it('ENV-04: passes with an address and fails without one', () => {
  const seen = { host: 'rur2.example', addresses: ['192.0.2.1'], tookMs: 3 };
  expect(check.judge(seen, makePolicy()).outcome).toBe('pass');
  expect(check.judge({ ...seen, addresses: [] }, makePolicy()).outcome).toBe('fail');
});
