import { defineDriftCheck } from '../../src/kit.ts';
import type { WebhookEndpoint } from '../../src/services/stripe/port.ts';

/** Without query and user: those may hold a key. */
function plainAddress(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
  } catch {
    return 'no-address';
  }
}

const settingsOf = ({ url, enabled, apiVersion, events }: WebhookEndpoint): string =>
  [
    enabled ? 'enabled' : 'disabled',
    `url=${plainAddress(url)}`,
    ...(apiVersion === undefined ? [] : [`api=${apiVersion}`]),
    ...[...events].sort().map((event) => `event=${event}`),
  ].join(' ');

/** Where Stripe delivers what, and whether: every endpoint of the account and mode. */
export default defineDriftCheck({
  title: 'Stripe webhooks are as accepted',
  runbook: ['DRF-04'],
  kind: 'webhook',
  needs: ['stripe'],
  read: async ({ stripe }, { env }) => {
    const endpoints = await stripe.webhookEndpoints(env);
    return { area: Object.fromEntries(endpoints.map((one) => [one.id, settingsOf(one)])) };
  },
});
