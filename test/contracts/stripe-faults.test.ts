import { inspect } from 'node:util';
import Stripe from 'stripe';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReleaseError } from '../../src/domain/failure.ts';
import { startStandIn } from '../../src/sandbox/servers/router.ts';
import { makeStripe } from '../../src/services/stripe/real.ts';
import { makeInstantClock } from '../support/slack-surroundings.ts';
import {
  makeStripeSurroundings,
  openSession,
  openStripe,
  STRIPE_KEY,
  WEBHOOK_SECRET,
} from './stripe-world.ts';

type World = Awaited<ReturnType<typeof openStripe>>;

const BALANCE = /\/v1\/balance$/;
const EXPIRE = /\/expire$/;

let world: World;

async function enter(over: Parameters<typeof openStripe>[0] = {}): Promise<World> {
  world = await openStripe(over);
  return world;
}

async function failureOf(work: Promise<unknown>): Promise<ReleaseError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReleaseError) return error;
  throw new Error(`a ReleaseError was expected, got ${inspect(error)}`);
}

const callsTo = (path: RegExp): number => world.server.calls.filter((call) => path.test(call.path)).length;

afterEach(() => {
  vi.unstubAllEnvs();
  return world.server.close();
});

describe('Stripe, when things go wrong', () => {
  it('E-57: tells a network that does not answer by an error, not by a state of the key', async () => {
    const { stripe, server } = await enter();
    await server.close();
    const error = await failureOf(stripe.keyState('staging'));
    expect(error).toMatchObject({ code: 'E_STRIPE_UNREACHABLE', text: { state: 'untouched' } });
    expect(error.text.what).toContain('ECONNREFUSED');
  });

  it('E-58: reads nothing about customers, whatever is asked', async () => {
    const { stripe, server } = await enter();
    const session = await openSession(server.url);
    await stripe.keyState('staging');
    await stripe.webhookEndpoints('staging');
    await stripe.expireCheckout('staging', session);
    const paths = server.calls.map(({ path }) => path.replace(session, ':id'));
    expect([...new Set(paths)].sort()).toEqual([
      '/v1/balance',
      '/v1/checkout/sessions',
      '/v1/checkout/sessions/:id',
      '/v1/checkout/sessions/:id/expire',
      '/v1/webhook_endpoints',
    ]);
  });

  it('T29: sends a key that is no secret key of Stripe to nobody', async () => {
    const { stripe, server } = await enter();
    await stripe.keyState('publishable');
    await failureOf(stripe.expireCheckout('publishable', 'cs_test_1'));
    await failureOf(stripe.expireCheckout('mixed', 'cs_test_1'));
    expect(server.calls).toEqual([]);
  });

  it('T30, F55: takes an HTTP 500 without an error field for a failure, though the SDK resolves it', async () => {
    const { stripe, server } = await enter();
    server.addFault({
      path: BALANCE,
      times: 2,
      answer: { status: 500, json: { object: 'balance', livemode: true } },
    });
    const error = await failureOf(stripe.keyState('staging'));
    expect(error).toMatchObject({ code: 'E_STRIPE_UNREACHABLE', text: { state: 'untouched' } });
    expect(error.text.what).toContain('HTTP 500');
  });

  it.each([
    ['a page', { status: 200, text: '<html>Please log in</html>' }],
    ['another object', { status: 200, json: { object: 'cake', livemode: true } }],
    ['an empty answer', { status: 200, text: '' }],
  ] as const)('F55: takes %s with a good status for no answer of Stripe', async (_, answer) => {
    const { stripe, server } = await enter();
    server.addFault({ path: BALANCE, times: 9, answer });
    const error = await failureOf(stripe.keyState('staging'));
    expect(error.code).toBe('E_STRIPE_UNREACHABLE');
    expect(error.text.what).toContain('is not Stripe');
  });

  it('F53: waits as long as Retry-After says after 429, which the SDK does not repeat', async () => {
    const { stripe, server, slept } = await enter();
    const tooMany = { type: 'rate_limit_error', message: 'Request rate limit exceeded.' };
    const answer = { status: 429, headers: { 'retry-after': '2' }, json: { error: tooMany } };
    server.addFault({ path: BALANCE, times: 1, answer });
    expect(await stripe.keyState('staging')).toEqual({ state: 'works', livemode: false });
    expect([slept, callsTo(BALANCE)]).toEqual([[2000], 2]);
    server.addFault({ path: BALANCE, times: 9, answer: { ...answer, headers: {} } });
    expect((await failureOf(stripe.keyState('staging'))).code).toBe('E_STRIPE_BUSY');
  });

  it('F54: repeats a change with the same idempotency key, so that it happens once', async () => {
    const { stripe, server } = await enter();
    const session = await openSession(server.url);
    server.addFault({ path: EXPIRE, times: 1, answer: 'drop', after: true });
    await stripe.expireCheckout('staging', session);
    expect(callsTo(EXPIRE)).toBe(2);
    expect(server.sessions().map(({ status }) => status)).toEqual(['expired']);
  });

  it('F56: looks whether a session has ended when no answer came at all', async () => {
    const { stripe, server } = await enter();
    const session = await openSession(server.url);
    server.addFault({ path: EXPIRE, times: 2, answer: 'drop', after: true });
    await stripe.expireCheckout('staging', session);
    const other = await openSession(server.url);
    server.addFault({ path: EXPIRE, times: 5, answer: 'drop' });
    const error = await failureOf(stripe.expireCheckout('staging', other));
    expect(error.text.state).toBe('unclear');
  });

  it('E-73: sends nothing that ends a session before it knows whose the session is', async () => {
    const { stripe, server } = await enter();
    const session = await openSession(server.url);
    server.addFault({
      path: new RegExp(`sessions/${session}$`),
      times: 9,
      answer: { status: 500, json: {} },
    });
    expect((await failureOf(stripe.expireCheckout('staging', session))).text.state).toBe('untouched');
    expect(callsTo(EXPIRE)).toBe(0);
  });

  it('F56: gives silence up after the configured time, and repeats a question once', async () => {
    const { stripe, server } = await enter({ timeoutSeconds: 0.3 });
    server.addFault({ path: BALANCE, times: 2, answer: 'hang' });
    const error = await failureOf(stripe.keyState('staging'));
    expect(error).toMatchObject({ code: 'E_STRIPE_UNREACHABLE', text: { state: 'untouched' } });
    expect(callsTo(BALANCE)).toBe(2);
  });

  it('F57: reads no answer that is larger than any of Stripe', async () => {
    const { stripe, server } = await enter();
    const json = { object: 'balance', livemode: false, padding: 'x'.repeat(9_000_000) };
    server.addFault({ path: BALANCE, times: 2, answer: { status: 200, json } });
    expect((await failureOf(stripe.keyState('staging'))).code).toBe('E_STRIPE_UNREACHABLE');
  });

  it('T25: carries the key to nobody that a redirect names', async () => {
    const { stripe, server } = await enter();
    const stranger = await startStandIn([]);
    const away = { status: 307, headers: { location: `${stranger.url}/steal` }, text: '' };
    server.addFault({ path: /./, times: 9, answer: away });
    const errors = [
      await failureOf(stripe.keyState('staging')),
      await failureOf(stripe.expireCheckout('staging', 'cs_test_1')),
    ];
    await stranger.close();
    expect(stranger.calls).toEqual([]);
    expect(errors.map(({ code }) => code)).toEqual(['E_STRIPE_UNREACHABLE', 'E_STRIPE_UNREACHABLE']);
  });

  const said = { type: 'invalid_request_error', message: `who is ${STRIPE_KEY}?` };
  const echo = { error: said };
  it.each([
    ['E_STRIPE_KEY', { status: 401, json: echo }],
    ['E_STRIPE_KEY', { status: 403, json: echo }],
    ['E_STRIPE_REFUSED', { status: 400, json: echo }],
    ['E_STRIPE_UNREACHABLE', { status: 500, json: echo }],
    ['E_STRIPE_BUSY', { status: 429, json: echo }],
    ['E_STRIPE_UNREACHABLE', { status: 200, json: echo }],
    ['E_STRIPE_UNREACHABLE', 'drop'],
    ['E_STRIPE_UNREACHABLE', 'hang'],
  ] as const)('T05: shows the key in no failure: %s after %o', async (code, answer) => {
    const { stripe, server } = await enter(answer === 'hang' ? { timeoutSeconds: 0.3 } : {});
    server.addFault({ path: /./, times: 99, answer });
    const error = await failureOf(stripe.webhookEndpoints('staging'));
    expect(error.code).toBe(code);
    const shown = inspect([error, error.cause], { depth: 12, showHidden: true });
    expect(shown + JSON.stringify([error, error.text])).not.toMatch(/canary/);
  });

  it('names the secret that holds a refused key, and the request that support would ask for', async () => {
    const { stripe, server } = await enter();
    server.revokeKey(STRIPE_KEY);
    const error = await failureOf(stripe.webhookEndpoints('staging'));
    expect(error.text.next).toContain('$KEY');
    expect(error.text.why).toMatch(/Expired API Key provided: .*\(request req_[0-9a-f]+\)/);
  });

  it('goes through the fetch that knows the proxy, where there is one', async () => {
    const { server } = await enter();
    vi.stubEnv('HTTP_PROXY', 'http://proxy.test:8080');
    vi.stubEnv('NO_PROXY', '');
    const asked: string[] = [];
    const throughProxy: typeof fetch = (input, init) => {
      const url = new URL(String(input));
      asked.push(`${url.host}${url.pathname}`);
      return globalThis.fetch(`${server.url}${url.pathname}`, init);
    };
    const clock = makeInstantClock().clock;
    const surroundings = makeStripeSurroundings('http://stripe.test', clock, { fetch: throughProxy });
    await makeStripe(surroundings).keyState('staging');
    expect(asked).toEqual(['stripe.test/v1/balance']);
  });

  it("E-59: signs so that Stripe's own library accepts it, and another body or secret not", async () => {
    const { stripe } = await enter();
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'release.preflight_probe' });
    const header = stripe.signature('staging', body);
    const { webhooks } = new Stripe('sk_test_x');
    const received = Number(/^t=(\d+)/.exec(header)?.[1]) * 1000;
    const read = (text: string, secret: string) =>
      webhooks.constructEvent(text, header, secret, 300, undefined, received).id;
    expect(read(body, WEBHOOK_SECRET)).toBe('evt_1');
    expect(() => read(`${body} `, WEBHOOK_SECRET)).toThrow(/No signatures found/);
    expect(() => read(body, 'whsec_other')).toThrow(/No signatures found/);
  });
});
