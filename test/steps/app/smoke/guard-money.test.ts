import { describe, expect, it } from 'vitest';
import { guardMoney } from '../../../../src/steps/app/smoke/guard-money.ts';
import { MemoryStripe } from '../../../support/memory/stripe.ts';
import { makeRunbook, onlyThese } from '../../../support/policy.ts';

const call = {
  id: 'checkout',
  row: 'SMK-09',
  method: 'POST',
  path: '/checkout',
  needs: 'checkout-price',
  budget: 'b',
};

async function guard(amount: number | undefined, mode: 'live' | 'test' = 'live', isRevoked = false) {
  const runbook = makeRunbook({
    environments: {
      production: {
        url: 'https://rur2.example',
        stripe: { mode, secretKey: '$KEY' },
        smoke: { user: '$U', password: '$P', checkoutPrice: 'price_1' },
      },
    },
    budgets: { b: { row: 'PER-08', endpoint: 'POST /checkout', p95Ms: 500, errorPercent: 1 } },
    smoke: { calls: [call] },
  });
  const stripe = new MemoryStripe({ production: { prefix: 'live', wanted: 'live' } }, [], () => new Date(0));
  stripe.isRevoked = isRevoked;
  if (amount !== undefined) stripe.prices.set('price_1', amount);
  const environment = runbook.environments.production;
  if (environment === undefined) throw new TypeError('no production');
  return guardMoney(onlyThese({ stripe }), 'production', environment, runbook.smoke?.calls ?? []);
}

describe('a checkout of the smoke tests', () => {
  it('E-73: may be opened with live keys for a price of nothing', async () => {
    expect(await guard(0)).toBeUndefined();
  });

  it.each([1, 4900, Number.POSITIVE_INFINITY])('E-73: never for one that costs %d', async (amount) => {
    await expect(guard(amount)).rejects.toMatchObject({ code: 'E_LIVE_MONEY', text: { state: 'untouched' } });
  });

  it('E-73: is left out, and said to be, where nobody knows what it costs', async () => {
    expect(await guard(undefined)).toBe('Stripe has no such checkout price: not proven');
    expect(await guard(0, 'live', true)).toBe('what the checkout price costs could not be read: not proven');
  });

  it('costs nothing in test mode', async () => {
    expect(await guard(4900, 'test')).toBeUndefined();
  });
});
