import { expect, it } from 'vitest';
import check from '../../../checks/payments/stripe-key.check.ts';
import { makePolicy } from '../../support/policy.ts';

const policy = makePolicy();
type Seen = Parameters<typeof check.judge>[0];

it.each<[string, Seen, string]>([
  ['a live key that works', { prefix: 'live', key: { state: 'works', livemode: true } }, 'pass'],
  ['a test key in production', { prefix: 'test', key: { state: 'works', livemode: false } }, 'fail'],
  [
    'a key whose prefix lies about its mode',
    { prefix: 'live', key: { state: 'works', livemode: false } },
    'fail',
  ],
  ['a refused key', { prefix: 'live', key: { state: 'refused' } }, 'fail'],
  ['a publishable key', { prefix: 'not-a-secret-key', key: { state: 'refused' } }, 'fail'],
  ['a restricted key without the right to look', { prefix: 'live', key: { state: 'lacks-right' } }, 'warn'],
])('ENV-09: judges %s', (_name, seen, outcome) => {
  expect(check.judge(seen, policy).outcome).toBe(outcome);
});

it('ENV-09: a 401 names the remedy: another key', () => {
  expect(check.judge({ prefix: 'live', key: { state: 'refused' } }, policy).remedy).toContain(
    'create a new one',
  );
});
