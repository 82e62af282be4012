import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Exchange } from '../../src/sandbox/servers/router.ts';
import { type StripeOptions, startStripe } from '../../src/sandbox/servers/stripe/start.ts';
import { findProxy } from '../../src/services/proxy.ts';
import { makeStripe } from '../../src/services/stripe/real.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';
import { makeInstantClock } from '../support/slack-surroundings.ts';

export const STRIPE_KEY = 'sk_test_canary0123456789abcdef';
export const WEBHOOK_SECRET = 'whsec_canary0123456789abcdef';
const PRICE = 'price_sandbox';

const SECRETS: Readonly<Record<string, string>> = {
  $KEY: STRIPE_KEY,
  $RESTRICTED: 'rk_test_canaryRestricted0123',
  $PUBLISHABLE: 'pk_test_canaryPublishable0123',
  $WEBHOOK: WEBHOOK_SECRET,
};

const envWith = (name: string, secretKey: string, over: object = {}) => ({
  [name]: { url: `https://${name}.rur2.example`, stripe: { mode: 'test', secretKey, ...over } },
});

/** What the Stripe adapter is built from, with one environment for every kind of key. */
export function makeStripeSurroundings(
  apiUrl: string,
  clock: Clock,
  over: { readonly timeoutSeconds?: number; readonly fetch?: typeof fetch } = {},
): Surroundings {
  return {
    runbook: runbookSchema.parse({
      service: 'rur2',
      product: 'RuR2',
      timezone: 'America/New_York',
      environments: {
        ...envWith('staging', '$KEY', { webhookSecret: '$WEBHOOK' }),
        ...envWith('mixed', '$KEY', { mode: 'live' }),
        ...envWith('restricted', '$RESTRICTED'),
        ...envWith('publishable', '$PUBLISHABLE'),
        preview: { url: 'https://preview.rur2.example' },
      },
      services: { stripe: { apiUrl, timeoutSeconds: over.timeoutSeconds ?? 20 } },
    }),
    secrets: { read: (name) => SECRETS[name] ?? '', has: (name) => name in SECRETS, learn: () => {} },
    clock,
    root: '/',
    fetch: over.fetch ?? globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}

/** Everything that any of these worlds was asked and answered. */
export const exchanges: Exchange[] = [];

export const NOW = new Date('2025-10-01T14:00:30Z');

/** A stand-in with one test key and 120 endpoints, and the real adapter in front of it. */
export async function openStripe(over: Partial<StripeOptions> & { readonly timeoutSeconds?: number } = {}) {
  const { clock, slept } = makeInstantClock(() => NOW);
  const server = await startStripe({
    key: STRIPE_KEY,
    restrictedKeys: [{ key: SECRETS.$RESTRICTED ?? '', rights: { webhook_endpoints: 'read' } }],
    prices: [
      { id: PRICE, amount: 4900 },
      { id: 'price_archived', amount: 100, active: false },
    ],
    endpoints: Array.from({ length: 120 }, (_, n) => ({
      id: `we_${n}`,
      url: `https://staging.rur2.example/hook/${n}`,
      secret: WEBHOOK_SECRET,
      events: ['charge.refunded'],
    })),
    now: () => NOW,
    ...over,
  });
  server.witness((exchange) => exchanges.push(exchange));
  const patience = over.timeoutSeconds === undefined ? {} : { timeoutSeconds: over.timeoutSeconds };
  const stripe = makeStripe(makeStripeSurroundings(server.url, clock, patience));
  return { server, stripe, slept };
}

/** Opens a checkout session as the application does it; returns its id. */
export async function openSession(
  url: string,
  {
    reference,
    successUrl = 'https://staging.rur2.example/thanks',
  }: { readonly reference?: string | undefined; readonly successUrl?: string | undefined } = {},
): Promise<string> {
  const form = {
    mode: 'payment',
    'line_items[0][price]': PRICE,
    'line_items[0][quantity]': '1',
    success_url: successUrl,
    cancel_url: 'https://staging.rur2.example/cart',
    ...(reference === undefined ? {} : { client_reference_id: reference }),
  };
  const answer = await fetch(`${url}/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${STRIPE_KEY}` },
    body: new URLSearchParams(form),
  });
  const { id } = (await answer.json()) as { readonly id: string };
  return id;
}
