import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Call,
  route,
  type StandIn,
  startStandIn,
} from '../../../src/sandbox/servers/router.ts';
import { type StripeStandIn, startStripe } from '../../../src/sandbox/servers/stripe/start.ts';

const KEY = 'sk_test_sandbox';
const SECRET = 'whsec_sandbox';
const START = Date.parse('2025-10-01T14:00:00Z');

let time = START;
let app: StandIn;
let server: StripeStandIn;
let received: Call[] = [];
let appSays: Answer[] = [];

beforeEach(async () => {
  [time, received, appSays] = [START, [], []];
  app = await startStandIn([
    route('POST /hook', (call) => {
      received.push(call);
      return appSays.shift() ?? { status: 200 };
    }),
  ]);
  server = await startStripe({
    key: KEY,
    restrictedKeys: [{ key: 'rk_test_reader', rights: { events: 'read', webhook_endpoints: 'read' } }],
    prices: [
      { id: 'price_pro', amount: 4900 },
      { id: 'price_live', amount: 1, livemode: true },
    ],
    endpoints: [
      { id: 'we_app', url: `${app.url}/hook`, secret: SECRET, events: ['checkout.*', 'charge.refunded'] },
      { id: 'we_all', url: `${app.url}/hook`, secret: 'whsec_other', events: ['invoice.paid'] },
    ],
    // Retries of hours within milliseconds.
    speed: 10_000_000,
    now: () => new Date(time),
  });
});
afterEach(async () => {
  await server.close();
  await app.close();
});

interface Body {
  readonly id: string;
  readonly url: string;
  readonly livemode: boolean;
  readonly status: string;
  readonly payment_status: string;
  readonly amount_total: number;
  readonly has_more: boolean;
  readonly data: readonly { readonly id: string; readonly type: string }[];
  readonly error?: { readonly type: string; readonly message: string; readonly code?: string };
}

async function call(
  method: string,
  path: string,
  form?: Record<string, string>,
  over: Record<string, string> = {},
) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...over },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
}

const ORDER = { mode: 'payment', 'line_items[0][price]': 'price_pro', 'line_items[0][quantity]': '2' };
const order = (over: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/v1/checkout/sessions', { ...ORDER, ...over }, headers);

describe('the Stripe of the sandbox', () => {
  it('opens a checkout session as an application asks for it', async () => {
    const { status, body, headers } = await order({ 'metadata[order]': '7' });
    expect(status).toBe(200);
    expect(headers.get('request-id')).toMatch(/^req_/);
    expect(body).toMatchObject({
      livemode: false,
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 9800,
      metadata: { order: '7' },
    });
    expect(body.id).toMatch(/^cs_test_/);
    expect(await (await fetch(body.url)).text()).toContain('SANDBOX');
    expect((await call('GET', `/v1/checkout/sessions/${body.id}`)).body.id).toBe(body.id);
  });

  it('refuses in the shape of Stripe: no key, a wrong one, a missing right, unknown things', async () => {
    const restricted = { authorization: 'Bearer rk_test_reader' };
    const answers = [
      await call('GET', '/v1/balance', undefined, { authorization: '' }),
      await call('GET', '/v1/balance', undefined, { authorization: 'Bearer sk_test_wrong' }),
      await call('GET', '/v1/balance', undefined, restricted),
      await call('POST', '/v1/webhook_endpoints/we_app', { disabled: 'true' }, restricted),
      await call('GET', '/v1/events/evt_none'),
      await call('GET', '/v1/cakes'),
      await order({ 'line_items[0][price]': 'price_none' }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [401, undefined],
      [401, undefined],
      [403, 'more_permissions_required'],
      [403, 'more_permissions_required'],
      [404, 'resource_missing'],
      [404, undefined],
      [400, 'resource_missing'],
    ]);
    expect(answers.every(({ headers }) => headers.get('request-id')?.startsWith('req_'))).toBe(true);
  });

  it('T29: keeps live and test apart', async () => {
    const { status, body } = await order({ 'line_items[0][price]': 'price_live' });
    expect([status, body.error?.message]).toEqual([400, expect.stringContaining('exists in live mode')]);
    const live = await startStripe({ key: 'sk_live_x', prices: [], endpoints: [] });
    const answer = await fetch(`${live.url}/v1/balance`, { headers: { authorization: 'Bearer sk_live_x' } });
    expect(await answer.json()).toMatchObject({ livemode: true });
    await live.close();
  });

  it('answers the same change with the same key once, and refuses the key for another change', async () => {
    const key = { 'idempotency-key': 'once' };
    const [first, second] = [await order({}, key), await order({}, key)];
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(server.sessions()).toHaveLength(1);
    const other = await order({ mode: 'subscription' }, key);
    expect([other.status, other.body.error?.type]).toEqual([400, 'idempotency_error']);
  });

  it('pays a session: it can be ended no more, and a payment and a charge are there', async () => {
    const { body } = await order();
    const { deliveries } = await server.pay(body.id);
    expect(deliveries).toEqual([{ endpoint: 'we_app', status: 200 }]);
    expect(server.sessions()[0]).toMatchObject({ status: 'complete', payment_status: 'paid' });
    expect((await call('POST', `/v1/checkout/sessions/${body.id}/expire`)).status).toBe(400);
    const [intent] = (await call('GET', '/v1/payment_intents')).body.data;
    const charges = await call('GET', `/v1/charges?payment_intent=${intent?.id}`);
    expect(charges.body.data).toHaveLength(1);
    expect((await call('GET', '/v1/charges?payment_intent=pi_none')).body.data).toEqual([]);
  });

  it("delivers an event so that Stripe's own library accepts it, to those who subscribed", async () => {
    const { event, deliveries } = await server.deliver('checkout.session.expired', { id: 'cs_1' });
    expect(deliveries).toEqual([{ endpoint: 'we_app', status: 200 }]);
    expect(event.pending_webhooks).toBe(0);
    const [got] = received;
    const header = String(got?.headers['stripe-signature']);
    const { webhooks } = new Stripe('sk_test_x');
    const read = webhooks.constructEvent(got?.body ?? '', header, SECRET, 300, undefined, time);
    expect(read).toMatchObject({ id: event.id, type: 'checkout.session.expired', livemode: false });
    expect((await server.deliver('unheard.of')).deliveries).toEqual([]);
  });

  it('repeats a delivery until it is accepted', async () => {
    appSays = [{ status: 503 }, 'drop', { status: 302, headers: { location: '/elsewhere' } }];
    const { event, deliveries, finished } = await server.deliver('charge.refunded');
    expect([deliveries[0]?.status, event.pending_webhooks]).toEqual([503, 1]);
    await finished;
    expect(received).toHaveLength(4);
    expect(server.events()[0]?.pending_webhooks).toBe(0);
  });

  it('gives up after the last attempt, and shows the event as not delivered', async () => {
    appSays = Array.from({ length: 9 }, () => ({ status: 500 }));
    await (await server.deliver('charge.refunded')).finished;
    expect(received).toHaveLength(4);
    const failed = await call('GET', '/v1/events?delivery_success=false');
    expect(failed.body.data).toHaveLength(1);
    expect((await call('GET', '/v1/events?delivery_success=true')).body.data).toEqual([]);
  });

  it('E-83: drops events for a disabled endpoint for good, and ends what it was repeating', async () => {
    await call('POST', '/v1/webhook_endpoints/we_app', { disabled: 'true' });
    expect((await server.deliver('charge.refunded')).deliveries).toEqual([]);
    await call('POST', '/v1/webhook_endpoints/we_app', { disabled: 'false' });
    expect(received).toEqual([]);
    appSays = [{ status: 503 }];
    const { finished } = await server.deliver('charge.refunded');
    server.disableEndpoint('we_app');
    await finished;
    expect(received).toHaveLength(1);
    expect((await call('GET', '/v1/webhook_endpoints/we_app')).body.status).toBe('disabled');
    server.enableEndpoint('we_app');
    expect((await call('GET', '/v1/webhook_endpoints/we_app')).body.status).toBe('enabled');
  });

  it('lists newest first, by cursors in both directions', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await server.deliver('unheard.of')).event.id);
    const page = async (query: string) => {
      const { body } = await call('GET', `/v1/events?${query}`);
      return [body.data.map(({ id }) => ids.indexOf(id)), body.has_more];
    };
    expect(await page('limit=2')).toEqual([[0, 1], true]);
    expect(await page(`limit=2&starting_after=${ids[1]}`)).toEqual([[2, 3], true]);
    expect(await page(`limit=2&starting_after=${ids[3]}`)).toEqual([[4], false]);
    expect(await page(`limit=2&ending_before=${ids[3]}`)).toEqual([[1, 2], true]);
    expect(await page(`limit=3&ending_before=${ids[2]}`)).toEqual([[0, 1], false]);
    expect((await call('GET', '/v1/events?starting_after=evt_none')).status).toBe(400);
    expect((await call('GET', '/v1/events?limit=101')).status).toBe(400);
  });

  it('filters events by moment and type, and shows none older than thirty days', async () => {
    const at: number[] = [];
    for (const type of ['charge.refunded', 'invoice.paid', 'charge.failed']) {
      at.push(Math.floor(time / 1000));
      await server.deliver(type);
      time += 60_000;
    }
    const types = async (query: string) =>
      (await call('GET', `/v1/events?${query}`)).body.data.map(({ type }) => type);
    expect(await types(`created[gte]=${at[1]}`)).toEqual(['charge.failed', 'invoice.paid']);
    expect(await types(`created[gt]=${at[0]}&created[lt]=${at[2]}`)).toEqual(['invoice.paid']);
    expect(await types(`created[lte]=${at[0]}`)).toEqual(['charge.refunded']);
    expect(await types(`created=${at[1]}`)).toEqual(['invoice.paid']);
    expect(await types('type=charge.*')).toEqual(['charge.failed', 'charge.refunded']);
    expect(await types('types[0]=invoice.paid&types[1]=charge.failed')).toEqual([
      'charge.failed',
      'invoice.paid',
    ]);
    time += 31 * 86_400_000;
    expect(await types('')).toEqual([]);
  });

  it('ends what it was repeating when it closes', async () => {
    const slow = await startStripe({
      key: KEY,
      prices: [],
      endpoints: [{ id: 'we_1', url: `${app.url}/hook`, secret: SECRET, events: ['*'] }],
    });
    appSays = [{ status: 503 }];
    const { finished } = await slow.deliver('charge.refunded');
    await slow.close();
    await finished;
    expect(received).toHaveLength(1);
  });
});
