import { defineCheck } from '../../src/kit.ts';

/**
 * Network, key, right and mode are four answers with four remedies. A 401 means that the key is wrong; the runbook's
 * "200 or 401 is healthy" would let a release go out without payments (E-57).
 */
export default defineCheck({
  id: 'payments.stripe-key',
  title: 'Stripe accepts the key, in the right mode',
  runbook: ['ENV-09', 'PRE-18', 'DAY-33'],
  gates: ['preflight', 'post-deploy'],
  needs: ['stripe'],
  probe: async ({ stripe }, { env }) => ({ prefix: stripe.keyMode(env), key: await stripe.keyState(env) }),
  judge: ({ prefix, key }, { environment, env }) => {
    const wanted = environment.stripe?.mode ?? 'live';
    if (prefix === 'not-a-secret-key') {
      return {
        outcome: 'fail',
        said: 'what is configured is no secret key',
        remedy: 'Use a key that begins with sk_ or rk_.',
      };
    }
    if (key.state === 'refused') {
      return {
        outcome: 'fail',
        said: 'Stripe refused the key (HTTP 401)',
        remedy: 'The key was revoked or mistyped: create a new one in the Stripe dashboard.',
      };
    }
    if (prefix !== wanted || (key.livemode !== undefined && key.livemode !== (wanted === 'live'))) {
      return {
        outcome: 'fail',
        said: `a ${prefix} key, but ${env} needs ${wanted}`,
        remedy: `Put the ${wanted} key into ${environment.stripe?.secretKey ?? 'the secret'}.`,
      };
    }
    if (key.state === 'lacks-right') {
      return {
        outcome: 'warn',
        said: 'the restricted key may not read the balance: reachable, mode by prefix only',
        remedy: 'Give the key the right to read Balance.',
      };
    }
    return { outcome: 'pass', said: `key accepted, ${wanted} mode` };
  },
});
