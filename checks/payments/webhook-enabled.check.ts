import { defineCheck } from '../../src/kit.ts';

const hostOf = (address: string): string => {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
};

/** Events made while an endpoint is disabled are never sent again (E-83). */
export default defineCheck({
  id: 'payments.webhook-enabled',
  title: 'Stripe delivers to this application',
  runbook: ['HOP-23', 'RBX-6.3'],
  gates: ['preflight', 'post-deploy'],
  needs: ['stripe'],
  probe: ({ stripe }, { env }) => stripe.webhookEndpoints(env),
  judge: (endpoints, { environment }) => {
    const wanted = environment.stripe?.webhookEndpoint;
    const path = environment.stripe?.webhookPath ?? '';
    const ours = endpoints.filter((one) =>
      wanted ? one.id === wanted : hostOf(one.url) === hostOf(environment.url) && one.url.endsWith(path),
    );
    const [first] = ours;
    if (first === undefined)
      return {
        outcome: 'fail',
        said: `no endpoint for ${hostOf(environment.url)}`,
        remedy: 'Create the webhook endpoint in Stripe.',
      };
    if (!ours.some((one) => one.enabled)) {
      return {
        outcome: 'fail',
        said: `endpoint ${first.id} is disabled`,
        remedy: 'Enable it in Stripe; then replay the events of the gap.',
      };
    }
    return { outcome: 'pass', said: `endpoint ${first.id} enabled, ${first.events.length} event types` };
  },
});
