import { describe, expect, it } from 'vitest';
import check from '../../../checks/payments/webhook-enabled.check.ts';
import { makePolicy } from '../../support/policy.ts';

const endpoint = (over = {}) => ({
  id: 'we_1',
  url: 'https://rur2.example/api/payments/webhook',
  enabled: true,
  events: ['checkout.session.completed'],
  ...over,
});

describe('HOP-23: the endpoint at Stripe', () => {
  it.each([
    ['an enabled endpoint of this host', [endpoint()], 'pass'],
    ['a disabled one', [endpoint({ enabled: false })], 'fail'],
    ['one of another host', [endpoint({ url: 'https://other.example/api/payments/webhook' })], 'fail'],
    ['an address that is none', [endpoint({ url: 'nonsense' })], 'fail'],
    ['none', [], 'fail'],
  ])('HOP-23: with %s', (_name, endpoints, outcome) => {
    expect(check.judge(endpoints, makePolicy()).outcome).toBe(outcome);
  });
});
