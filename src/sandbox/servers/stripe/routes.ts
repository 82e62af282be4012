import { type Answer, type Call, route } from '../router.ts';
import type { Account, Resource, StripeKey } from './account.ts';
import { withRequestId } from './answers.ts';
import { createSession, expireSession, listSessions, showPrice, showSession } from './checkout.ts';
import { changeEndpoint, listEndpoints, showEndpoint } from './endpoints.ts';
import { listEvents, showEvent } from './events.ts';
import { makeIdempotency } from './idempotency.ts';
import { findKey, refuseRight } from './keys.ts';
import { answerList } from './list.ts';

/** A call that was let in. */
export interface StripeCall extends Call {
  readonly key: StripeKey;
}

type StripeHandler = (account: Account, call: StripeCall) => Answer;

const showAccount: StripeHandler = ({ id }) => ({
  status: 200,
  json: { id, object: 'account', charges_enabled: true, payouts_enabled: true, country: 'US' },
});

const showBalance: StripeHandler = (_, { key }) => {
  const nothing = [{ amount: 0, currency: 'usd', source_types: { card: 0 } }];
  return {
    status: 200,
    json: { object: 'balance', livemode: key.livemode, available: nothing, pending: nothing },
  };
};

const listOf =
  (name: 'intents' | 'charges'): StripeHandler =>
  (account, call) => {
    const wanted = call.query.get('payment_intent');
    const hits = account[name].filter(
      (one) =>
        one.livemode === call.key.livemode &&
        (wanted === null || (one as { payment_intent?: string }).payment_intent === wanted),
    );
    return answerList(hits, call);
  };

const HANDLERS: Readonly<Record<string, readonly [Resource, StripeHandler]>> = {
  'GET /v1/account': ['account', showAccount],
  'GET /v1/balance': ['balance', showBalance],
  'GET /v1/webhook_endpoints': ['webhook_endpoints', listEndpoints],
  'GET /v1/webhook_endpoints/:id': ['webhook_endpoints', showEndpoint],
  'POST /v1/webhook_endpoints/:id': ['webhook_endpoints', changeEndpoint],
  'GET /v1/events': ['events', listEvents],
  'GET /v1/events/:id': ['events', showEvent],
  'POST /v1/checkout/sessions': ['checkout_sessions', createSession],
  'GET /v1/prices/:id': ['prices', showPrice],
  'GET /v1/checkout/sessions': ['checkout_sessions', listSessions],
  'GET /v1/checkout/sessions/:id': ['checkout_sessions', showSession],
  'POST /v1/checkout/sessions/:id/expire': ['checkout_sessions', expireSession],
  'GET /v1/payment_intents': ['payment_intents', listOf('intents')],
  'GET /v1/charges': ['charges', listOf('charges')],
};

const isKey = (found: StripeKey | Answer): found is StripeKey => typeof found !== 'string' && 'key' in found;

/** Stripe's paths for one account: key, right and idempotency come before every handler. */
export function stripeRoutes(account: Account) {
  const once = makeIdempotency();
  const serve =
    (resource: Resource, handler: StripeHandler) =>
    async (call: Call): Promise<Answer> => {
      const key = findKey(account, call);
      if (!isKey(key)) return withRequestId(key);
      const refused = refuseRight(key, call.method, resource);
      if (refused !== undefined) return withRequestId(refused);
      return withRequestId(await once(key.key, call, () => handler(account, { ...call, key })));
    };
  // Where a customer would pay: the sandbox has nothing to pay with.
  const page = route('GET /c/pay/:id', () => ({ status: 200, text: 'SANDBOX: nothing can be paid here.\n' }));
  const calls = Object.entries(HANDLERS).map(([where, [resource, handler]]) =>
    route(where, serve(resource, handler)),
  );
  return [...calls, page];
}
