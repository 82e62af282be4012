import { defineCheck, knockSigned, ReleaseError } from '../../src/kit.ts';

const noSecret = (): ReleaseError =>
  new ReleaseError('E_WEBHOOK_SECRET', {
    what: 'No webhook secret is configured, so a signed delivery cannot be proven.',
    next: 'Name it under environments.<name>.stripe.webhookSecret.',
    state: 'untouched',
  });

/** A delivery signed like Stripe's own must be accepted: only this proves the secret (E-59). */
export default defineCheck({
  id: 'payments.webhook-signed',
  title: 'Webhook accepts a signed event',
  runbook: ['ENV-10', 'DAY-30', 'RBV-6'],
  gates: ['preflight', 'post-deploy', 'rollback-verify'],
  releaseOnly: true,
  needs: ['stripe', 'web'],
  probe: async ({ stripe, web }, { env, environment, now }) => {
    const target = environment.stripe;
    if (!target?.webhookSecret) throw noSecret();
    const knock = { env, path: target.webhookPath, now };
    const { status, tookMs } = await knockSigned({ stripe, web }, knock);
    return { status, tookMs, maintenance: status === 503 };
  },
  judge: ({ status, tookMs, maintenance }) => {
    if (status >= 200 && status < 300)
      return { outcome: 'pass', said: `HTTP ${status} in ${Math.round(tookMs)} ms` };
    if (maintenance)
      return {
        outcome: 'fail',
        said: 'HTTP 503: maintenance mode, Stripe will retry',
        remedy: 'End maintenance mode; release status',
      };
    return {
      outcome: 'fail',
      said: `a correctly signed event got HTTP ${status}`,
      remedy:
        status === 400
          ? 'The application uses another webhook secret than the one configured here.'
          : 'Repair the webhook route.',
    };
  },
});
