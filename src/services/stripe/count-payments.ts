import type { StripeCaller, StripeRoom } from './client.ts';
import type { PaymentCounts } from './port.ts';
import { intentsShape } from './shapes.ts';

const PAGE = 100;
/** A thousand payments are sample enough; the newest come first. */
const MOST_PAGES = 10;

type Kind = keyof PaymentCounts | undefined;

/**
 * A card that its bank declines is a customer's matter, and everyday; that Stripe or we could not process it is ours
 * (E-17). What is under way is neither.
 */
function kindOf({
  status,
  last_payment_error: error,
}: {
  status: string;
  last_payment_error?: { type: string } | null | undefined;
}): Kind {
  if (status === 'succeeded') return 'succeeded';
  if (error === undefined || error === null) return undefined;
  return error.type === 'card_error' ? 'declined' : 'failed';
}

/** Payments of the time since, counted. Nothing of a payment is kept (E-58). */
export async function countPayments(
  { ask }: StripeCaller,
  room: StripeRoom,
  since: Date,
): Promise<PaymentCounts> {
  const counts = { succeeded: 0, declined: 0, failed: 0 };
  let last: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(room, {
      doing: 'count payments',
      effect: 'read',
      shape: intentsShape,
      send: (stripe) =>
        stripe.paymentIntents.list({
          limit: PAGE,
          created: { gte: Math.floor(since.getTime() / 1000) },
          ...(last === undefined ? {} : { starting_after: last }),
        }),
    });
    for (const one of answer.data) {
      const kind = kindOf(one);
      if (kind !== undefined) counts[kind] += 1;
    }
    last = answer.data.at(-1)?.id;
    if (!answer.has_more || last === undefined) break;
  }
  return counts;
}
