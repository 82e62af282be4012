import type { Answer } from '../router.ts';
import {
  type Account,
  type CheckoutSession,
  makeId,
  type Price,
  replaceThing,
  secondsOf,
  type Thing,
} from './account.ts';
import { noSuch, readForm, readRecord, refuse } from './answers.ts';
import { answerList } from './list.ts';
import type { StripeCall } from './routes.ts';

const DAY = 86_400;

/** What one line costs; an answer when its price is unknown or of the other mode. */
function readAmount({ prices }: Account, { key, body }: StripeCall): number | Answer {
  const form = readForm(body);
  const wanted = form.get('line_items[0][price]');
  if (wanted === null) return refuse(400, 'Missing required param: line_items.', { param: 'line_items' });
  const price: Price | undefined = prices.find(({ id }) => id === wanted);
  const missing = { code: 'resource_missing', param: 'line_items[0][price]' };
  if (price === undefined) return refuse(400, `No such price: '${wanted}'`, missing);
  if (price.livemode !== key.livemode) {
    const [has, uses] = price.livemode ? ['live', 'test'] : ['test', 'live'];
    return refuse(
      400,
      `No such price: '${wanted}'; a similar object exists in ${has} mode, but a ${uses} mode key was used to make this request.`,
      missing,
    );
  }
  if (!price.active) return refuse(400, `The price specified is inactive: '${wanted}'.`, missing);
  return price.amount * Number(form.get('line_items[0][quantity]') ?? 1);
}

/** `POST /v1/checkout/sessions`, as an application calls it with a form. */
export function createSession(account: Account, call: StripeCall): Answer {
  const form = readForm(call.body);
  const mode = form.get('mode');
  if (mode === null) return refuse(400, 'Missing required param: mode.', { param: 'mode' });
  const amount = readAmount(account, call);
  if (typeof amount !== 'number') return amount;
  const id = makeId(call.key.livemode ? 'cs_live' : 'cs_test');
  const created = secondsOf(account.now());
  const session: CheckoutSession = {
    id,
    object: 'checkout.session',
    created,
    livemode: call.key.livemode,
    url: `http://${call.headers.host}/c/pay/${id}`,
    mode,
    status: 'open',
    payment_status: 'unpaid',
    amount_total: amount,
    currency: 'usd',
    payment_intent: null,
    success_url: form.get('success_url'),
    cancel_url: form.get('cancel_url'),
    client_reference_id: form.get('client_reference_id'),
    customer_email: form.get('customer_email'),
    metadata: readRecord(form, 'metadata'),
    expires_at: created + DAY,
  };
  account.sessions.push(session);
  return { status: 200, json: session };
}

/** `GET /v1/prices/:id`, by a key of the same mode. */
export function showPrice({ prices }: Account, { params, key }: StripeCall): Answer {
  const price = prices.find(({ id, livemode }) => id === params.id && livemode === key.livemode);
  if (price === undefined) return noSuch('price', params.id ?? '');
  const { id, livemode, amount, active } = price;
  return {
    status: 200,
    json: { id, object: 'price', active, livemode, currency: 'usd', unit_amount: amount },
  };
}

const findSession = ({ sessions }: Account, { params, key }: StripeCall): CheckoutSession | undefined =>
  sessions.find(({ id, livemode }) => id === params.id && livemode === key.livemode);

export function showSession(account: Account, call: StripeCall): Answer {
  const session = findSession(account, call);
  return session ? { status: 200, json: session } : noSuch('checkout.session', call.params.id ?? '');
}

/** `GET /v1/checkout/sessions`, newest first; `status` narrows it. */
export function listSessions({ sessions }: Account, call: StripeCall): Answer {
  const status = call.query.get('status');
  const own = sessions.filter((one) => one.livemode === call.key.livemode);
  return answerList(status === null ? own : own.filter((one) => one.status === status), call);
}

/** Only an open session can be ended: neither a paid one nor one that has ended already. */
export function expireSession(account: Account, call: StripeCall): Answer {
  const session = findSession(account, call);
  if (session === undefined) return noSuch('checkout.session', call.params.id ?? '');
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`;
    return refuse(400, message);
  }
  const expired = replaceThing(account.sessions, { ...session, status: 'expired', url: null });
  return { status: 200, json: expired };
}

/** What a customer does on Stripe's page: returns the paid session, with a payment and a charge behind it. */
export function paySession(account: Account, id: string): CheckoutSession {
  const session = account.sessions.find((one) => one.id === id);
  if (session?.status !== 'open') throw new Error(`${id} is no open checkout session`);
  const { livemode, amount_total: amount, currency } = session;
  const head = { created: secondsOf(account.now()), livemode, amount, currency, status: 'succeeded' };
  const intent: Thing = { id: makeId('pi'), object: 'payment_intent', ...head };
  const charge = { id: makeId('ch'), object: 'charge', ...head, payment_intent: intent.id };
  account.intents.push(intent);
  account.charges.push(charge);
  const paid = { status: 'complete', payment_status: 'paid', payment_intent: intent.id, url: null } as const;
  return replaceThing(account.sessions, { ...session, ...paid });
}
