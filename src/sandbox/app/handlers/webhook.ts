import { type AppHandler, ok } from '../http/exchange.ts';
import { Problem } from '../http/problem.ts';
import { readObject } from '../http/read-body.ts';
import { readText } from '../http/read-value.ts';
import { applyEvent, type StripeEvent } from '../payments/apply-event.ts';
import { isSigned } from '../payments/is-signed.ts';

function readEvent(body: Buffer): StripeEvent {
  const { id, type, data } = readObject(body);
  const object = (data as { object?: unknown } | null | undefined)?.object;
  return {
    id: readText(id, 'id', 255),
    type: readText(type, 'type', 255),
    object: object !== null && typeof object === 'object' ? (object as StripeEvent['object']) : {},
  };
}

/** Takes a delivery of Stripe. The signature is looked at before anything else: unsigned or wrong is 400 (E-59). */
export const takeWebhook: AppHandler = async (app, { headers, body }) => {
  const header = String(headers['stripe-signature'] ?? '');
  if (!isSigned(header, body, app.settings.stripe.webhookSecret, new Date()))
    throw new Problem(400, 'no valid signature');
  await applyEvent(app, readEvent(body));
  return ok({ received: true });
};
