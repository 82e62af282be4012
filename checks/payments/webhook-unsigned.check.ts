import { defineCheck, ReleaseError } from '../../src/kit.ts';

const noTarget = (): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: 'No Stripe webhook is configured here.',
    next: 'Add environments.<name>.stripe.',
    state: 'untouched',
  });

/** An unsigned body must be refused: 200 would mean that anybody can post payments (E-59). */
export default defineCheck({
  id: 'payments.webhook-unsigned',
  title: 'Webhook refuses an unsigned event',
  runbook: 'ENV-10',
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['stripe', 'web'],
  probe: async ({ web }, { env, environment }) => {
    const target = environment.stripe;
    if (target === undefined) throw noTarget();
    const headers = { 'content-type': 'application/json' };
    const { status } = await web.request(env, {
      method: 'POST',
      path: target.webhookPath,
      headers,
      body: '{"test":true}',
    });
    return { status };
  },
  judge: ({ status }) => {
    if (status >= 200 && status < 300) {
      return {
        outcome: 'fail',
        said: `HTTP ${status} for an unsigned event: signatures are not checked`,
        remedy: 'Verify Stripe-Signature before anything else.',
      };
    }
    if (status === 400 || status === 401 || status === 403)
      return { outcome: 'pass', said: `refused with HTTP ${status}` };
    return { outcome: 'fail', said: `HTTP ${status}`, remedy: 'The webhook route is missing or broken.' };
  },
});
