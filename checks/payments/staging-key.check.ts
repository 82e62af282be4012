import { defineCheck } from '../../src/kit.ts';

/** Payments can be tried on staging only with a key of test mode that Stripe accepts: a live one would take money. */
export default defineCheck({
  id: 'payments.staging-key',
  title: 'Staging has a key of Stripe’s test mode',
  runbook: ['PRE-18'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['stripe'],
  absent: ({ env, runbook }) => {
    if (env === 'staging') return 'this is staging';
    return runbook.environments.staging?.stripe === undefined ? 'staging has no payments' : undefined;
  },
  probe: async ({ stripe }) => ({
    prefix: stripe.keyMode('staging'),
    key: await stripe.keyState('staging'),
  }),
  judge: ({ prefix, key }) => {
    if (prefix !== 'test' || (key.state !== 'refused' && key.livemode === true))
      return {
        outcome: 'fail',
        said: prefix === 'live' ? 'staging has a live key' : 'what staging has is no key of test mode',
        remedy: 'Give staging a key that begins with sk_test_ or rk_test_.',
      };
    if (key.state === 'refused')
      return {
        outcome: 'fail',
        said: 'Stripe refused the key of staging (HTTP 401)',
        remedy: 'Create a new key of test mode in the Stripe dashboard.',
      };
    return { outcome: 'pass', said: 'key of test mode accepted' };
  },
});
