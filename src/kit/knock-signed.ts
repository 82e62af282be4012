import type { Services } from '../services/services.ts';

// An event type that no handler knows: a real one, correctly signed, would trigger fulfilment (E-74).
const INERT = 'release.preflight_probe';

interface Knock {
  readonly env: string;
  readonly path: string;
  /** Marks the event; two of one moment are the same event to the application. */
  readonly now: Date;
  readonly timeoutMs?: number;
}

/**
 * What the webhook answers to an event that is signed like Stripe's own, of a type that nobody acts on: only this proves
 * the secret (E-59). Throws what the port throws where nothing answers.
 */
export async function knockSigned(
  { stripe, web }: Pick<Services, 'stripe' | 'web'>,
  { env, path, now, timeoutMs }: Knock,
): Promise<{ readonly status: number; readonly tookMs: number }> {
  const id = `evt_probe_${now.getTime()}`;
  const body = JSON.stringify({ id, object: 'event', type: INERT, data: { object: {} } });
  const headers = { 'content-type': 'application/json', 'stripe-signature': stripe.signature(env, body) };
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  const { status, tookMs } = await web.request(env, { method: 'POST', path, headers, body, ...limit });
  return { status, tookMs };
}
