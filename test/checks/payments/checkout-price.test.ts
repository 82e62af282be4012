import { describe, expect, it } from 'vitest';
import check from '../../../checks/payments/checkout-price.check.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const call = {
  ...{ id: 'checkout', row: 'SMK-09', method: 'POST', path: '/checkout', budget: 'b' },
  needs: 'checkout-price',
};

function policyOf(
  mode: 'live' | 'test' = 'live',
  over: { price?: string | undefined; calls?: object[] } = {},
) {
  const { price = 'price_1', calls = [call] } = over;
  const smoke = { user: '$U', password: '$P', ...(price === '' ? {} : { checkoutPrice: price }) };
  const url = 'https://rur2.example';
  const runbook = makeRunbook({
    environments: { production: { url, stripe: { mode, secretKey: '$KEY' }, smoke } },
    budgets: { b: { row: 'PER-08', endpoint: 'POST /checkout', p95Ms: 500, errorPercent: 1 } },
    smoke: { calls },
  });
  return makePolicy({ runbook });
}

const good = { active: true, livemode: true, amount: 0 };

describe('the checkout price of the smoke tests', () => {
  it.each([
    ['an active live price of nothing', good, 'live', 'pass'],
    ['one that Stripe does not have', undefined, 'live', 'fail'],
    ['an archived one', { ...good, active: false }, 'live', 'fail'],
    ['a test price where live is needed', { ...good, livemode: false }, 'live', 'fail'],
    ['a live price that costs money', { ...good, amount: 4900 }, 'live', 'fail'],
    ['a test price that costs money', { ...good, livemode: false, amount: 4900 }, 'test', 'pass'],
    ['a live price where test is needed', good, 'test', 'fail'],
  ] as const)('SMK-09F: %s', (_name, price, mode, outcome) => {
    expect(check.judge({ price }, policyOf(mode)).outcome).toBe(outcome);
  });

  it('SMK-09F: asks for the configured price of the environment', async () => {
    const asked: string[][] = [];
    const stripe = {
      price: async (env: string, price: string) => {
        asked.push([env, price]);
        return good;
      },
    };
    expect(await check.probe(onlyThese({ stripe }), policyOf())).toEqual({ price: good });
    expect(asked).toEqual([['production', 'price_1']]);
  });

  it('SMK-09F: no answer of Stripe is no answer of the check', async () => {
    const away = new ReleaseError('E_STRIPE_UNREACHABLE', { what: 'away', next: 'wait', state: 'untouched' });
    const stripe = { price: async () => Promise.reject(away) };
    await expect(check.probe(onlyThese({ stripe }), policyOf())).rejects.toBe(away);
  });

  it('is not asked where no price is configured, or no call opens a checkout', () => {
    expect(check.absent?.(policyOf('live', { price: '' }))).toBe('no checkout price is configured');
    expect(check.absent?.(policyOf('live', { calls: [{ ...call, needs: undefined }] }))).toBe(
      'no smoke call opens a checkout',
    );
    expect(check.absent?.(policyOf())).toBeUndefined();
  });
});
