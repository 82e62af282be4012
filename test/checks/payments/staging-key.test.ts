import { describe, expect, it } from 'vitest';
import check from '../../../checks/payments/staging-key.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const policy = makePolicy();
const works = (livemode: boolean) => ({ state: 'works', livemode }) as const;

describe('the key that payments are tried with', () => {
  it('PRE-18: is one of test mode that Stripe accepts', () => {
    expect(check.judge({ prefix: 'test', key: works(false) }, policy)).toMatchObject({ outcome: 'pass' });
    expect(check.judge({ prefix: 'test', key: { state: 'lacks-right' } }, policy)).toMatchObject({
      outcome: 'pass',
    });
  });

  it.each([
    ['live', works(true), 'staging has a live key'],
    ['test', works(true), 'no key of test mode'],
    ['not-a-secret-key', { state: 'refused' }, 'no key of test mode'],
    ['test', { state: 'refused' }, 'refused the key of staging'],
  ] as const)('PRE-18: is refused when it is %s, %o', (prefix, key, said) => {
    expect(check.judge({ prefix, key }, policy)).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining(said),
    });
  });

  it('is not asked where staging takes no payments', () => {
    const stripe = { mode: 'test', secretKey: '$K' };
    const staging = { url: 'https://staging.example', stripe };
    const runbook = makeRunbook({ environments: { staging, production: { url: 'https://rur2.example' } } });
    expect(check.absent?.({ ...policy, runbook })).toBeUndefined();
    expect(check.absent?.(policy)).toBe('staging has no payments');
  });
});
