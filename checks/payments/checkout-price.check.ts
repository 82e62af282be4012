import { defineCheck } from '../../src/kit.ts';

const REMEDY = 'Name an active price of this mode as smoke.checkoutPrice of the environment.';

/**
 * The smoke tests of a release open a checkout for this price minutes after users were put out; whether it can be used is
 * known long before that (E-73).
 */
export default defineCheck({
  id: 'payments.checkout-price',
  title: 'The checkout price of the smoke tests can be used',
  runbook: ['SMK-09F'],
  gates: ['preflight'],
  needs: ['stripe'],
  absent: ({ environment, runbook }) => {
    if (environment.smoke?.checkoutPrice === undefined) return 'no checkout price is configured';
    const opens = runbook.smoke?.calls.some((call) => call.needs === 'checkout-price') ?? false;
    return opens ? undefined : 'no smoke call opens a checkout';
  },
  probe: async ({ stripe }, { env, environment }) => ({
    price: await stripe.price(env, environment.smoke?.checkoutPrice ?? ''),
  }),
  judge: ({ price }, { environment }) => {
    const id = environment.smoke?.checkoutPrice ?? 'it';
    const mode = environment.stripe?.mode ?? 'live';
    const fail = (said: string) => ({ outcome: 'fail' as const, said, remedy: REMEDY });
    if (price === undefined) return fail(`Stripe has no price ${id} in the mode of this key`);
    if (price.livemode !== (mode === 'live'))
      return fail(`${id} is a ${price.livemode ? 'live' : 'test'} price, and ${mode} is needed`);
    if (!price.active) return fail(`${id} is archived: nothing can be sold at it`);
    if (mode === 'live' && price.amount !== 0)
      return fail(`${id} is a live price that costs money: no smoke test opens a checkout for it`);
    return { outcome: 'pass', said: `${id} is active, in ${mode} mode` };
  },
});
