import { isReleaseError, ReleaseError } from '../../../domain/failure.ts';
import type { Environment, Services } from '../../../kit.ts';
import type { Call } from './call.ts';

const costs = (env: string, price: string, amount: number): ReleaseError =>
  new ReleaseError('E_LIVE_MONEY', {
    what: `The checkout of the smoke tests would use a live price on ${env} that costs money: ${price} (${amount}).`,
    why: 'Whoever has the address of the session could pay it before it is ended.',
    next: `Set environments.${env}.smoke.checkoutPrice to a price of zero, or take it out.`,
    state: 'untouched',
  });

/**
 * Why calls that open a checkout are left out where keys are live: nobody knows what the price costs. Undefined: they may be sent.
 * Throws E_LIVE_MONEY for a price that costs something (E-73).
 */
export async function guardMoney(
  { stripe }: Pick<Services, 'stripe'>,
  env: string,
  { smoke, stripe: target }: Environment,
  calls: readonly Call[],
): Promise<string | undefined> {
  const price = smoke?.checkoutPrice;
  const opens = calls.some((call) => call.needs === 'checkout-price');
  if (price === undefined || !opens || target?.mode !== 'live') return undefined;
  try {
    const found = await stripe.price(env, price);
    if (found === undefined) return 'Stripe has no such checkout price: not proven';
    if (found.amount !== 0) throw costs(env, price, found.amount);
    return undefined;
  } catch (error) {
    if (isReleaseError(error, 'E_LIVE_MONEY')) throw error;
    return 'what the checkout price costs could not be read: not proven';
  }
}
