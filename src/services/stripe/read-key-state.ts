import type Stripe from 'stripe';
import { sayCallFailure } from '../call-failure.ts';
import { makeVendor, type StripeCaller, type StripeRoom } from './client.ts';
import { readKeyMode } from './key-mode.ts';
import type { KeyState } from './port.ts';
import { balanceShape } from './shapes.ts';

/** 401 and 403 are answers with remedies of their own; everything else that is no balance is thrown (E-57). */
export async function readKeyState({ attempt }: StripeCaller, room: StripeRoom): Promise<KeyState> {
  // What is no secret key may be some other secret: it is not sent anywhere.
  if (readKeyMode(room.key) === 'not-a-secret-key') return { state: 'refused' };
  const call = {
    doing: 'show the balance',
    effect: 'read',
    shape: balanceShape,
    send: (stripe: Stripe) => stripe.balance.retrieve(),
  } as const;
  const result = await attempt(room, call);
  if (result.ok) return { state: 'works', livemode: result.answer.livemode };
  const status = result.failure.kind === 'refused' ? result.failure.status : undefined;
  if (status === 401) return { state: 'refused' };
  if (status === 403) return { state: 'lacks-right' };
  throw sayCallFailure(makeVendor(room), call, result.failure);
}
