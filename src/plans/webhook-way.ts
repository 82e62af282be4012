import type { Environment } from '../kit.ts';
import type { WebhookEndpoint } from '../services/stripe/port.ts';

/** What becomes of Stripe's deliveries while code and data go back (RBX-2.3). */
export type WebhookWay =
  /** No Stripe is configured. */
  | { readonly kind: 'none' }
  /** Maintenance mode answers 503, and Stripe delivers again later, for up to three days (E-83). */
  | { readonly kind: 'maintenance' }
  /** These endpoints are disabled at Stripe, which does not send their events again (E-83). */
  | { readonly kind: 'disable'; readonly endpoints: readonly string[] }
  /** They go on being delivered. */
  | { readonly kind: 'open'; readonly because: string };

const open = (because: string): WebhookWay => ({ kind: 'open', because });

function isOurs({ id, url }: WebhookEndpoint, { url: own, stripe }: Environment): boolean {
  if (stripe?.webhookEndpoint !== undefined) return id === stripe.webhookEndpoint;
  return URL.canParse(url) && new URL(url).host === new URL(own).host;
}

/**
 * How deliveries are held back: as the configuration says, else by maintenance mode where there is one. `listed`:
 * what Stripe has, undefined where it does not say; `left`: endpoints that an earlier run disabled and nobody has
 * enabled since, which go back on whatever the way is.
 */
export function chooseWebhookWay(
  environment: Environment,
  listed: readonly WebhookEndpoint[] | undefined,
  left: readonly string[],
): WebhookWay {
  const { stripe, maintenance } = environment;
  if (stripe === undefined) return { kind: 'none' };
  const way = stripe.duringRollback ?? (maintenance ? 'maintenance' : undefined);
  const ours = (listed ?? []).filter((one) => one.enabled && isOurs(one, environment)).map(({ id }) => id);
  const endpoints = [...new Set([...left, ...(way === 'disable' ? ours : [])])];
  if (endpoints.length > 0) return { kind: 'disable', endpoints };
  if (way === 'maintenance')
    return maintenance ? { kind: 'maintenance' } : open('no maintenance mode is configured');
  if (way === undefined)
    return open('neither maintenance mode nor stripe.duringRollback: disable is configured');
  return open(
    listed === undefined
      ? 'Stripe does not say which endpoints there are'
      : 'Stripe has no enabled endpoint at the address',
  );
}
