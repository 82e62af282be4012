import type { StripeCaller, StripeRoom } from './client.ts';
import { priceShape } from './shapes.ts';

/** What one unit of a price costs, in its smallest coin; a price that customers choose themselves costs more than nothing. */
export async function readPrice({ ask }: StripeCaller, room: StripeRoom, price: string): Promise<number> {
  const { unit_amount: amount } = await ask(room, {
    doing: 'show a price',
    effect: 'read',
    shape: priceShape,
    send: (stripe) => stripe.prices.retrieve(price),
  });
  return amount ?? Number.POSITIVE_INFINITY;
}
