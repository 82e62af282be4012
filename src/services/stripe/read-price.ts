import { sayCallFailure } from '../call-failure.ts';
import { makeVendor, type StripeCaller, type StripeRoom } from './client.ts';
import type { PriceState } from './port.ts';
import { priceShape } from './shapes.ts';

/** A price in the mode of the key, or undefined where that mode has none; one that customers choose costs more than nothing. */
export async function readPrice(
  { attempt }: StripeCaller,
  room: StripeRoom,
  price: string,
): Promise<PriceState | undefined> {
  const call = { doing: 'show a price', effect: 'read', shape: priceShape } as const;
  const result = await attempt(room, { ...call, send: (stripe) => stripe.prices.retrieve(price) });
  if (result.ok) {
    const { active, livemode, unit_amount: amount } = result.answer;
    return { active, livemode, amount: amount ?? Number.POSITIVE_INFINITY };
  }
  const { failure } = result;
  if (failure.kind === 'refused' && failure.status === 404) return undefined;
  throw sayCallFailure(makeVendor(room), call, failure);
}
