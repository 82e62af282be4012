import { isReleaseError } from '../../domain/failure.ts';
import type { StripeCaller, StripeRoom } from './client.ts';
import { readKeyMode, refuseWrongMode } from './key-mode.ts';
import { sessionShape } from './shapes.ts';

const isExpired = async ({ ask }: StripeCaller, room: StripeRoom, session: string): Promise<boolean> => {
  const { status } = await ask(room, {
    doing: 'show a checkout session',
    effect: 'read',
    shape: sessionShape,
    send: (stripe) => stripe.checkout.sessions.retrieve(session),
  });
  return status === 'expired';
};

/**
 * Ends an open checkout session. One that has expired already is fine; one that was paid is not, and stays an error.
 * The key's mode is checked before anything is sent. Throws E_STRIPE_MODE, E_STRIPE_REFUSED (E-73).
 */
export async function expireCheckout(caller: StripeCaller, room: StripeRoom, session: string): Promise<void> {
  refuseWrongMode(room.env, readKeyMode(room.key), room.mode, room.keyName);
  try {
    await caller.ask(room, {
      doing: 'end a checkout session',
      effect: 'write',
      shape: sessionShape,
      send: (stripe) => stripe.checkout.sessions.expire(session),
    });
  } catch (error) {
    const isSecondTime =
      isReleaseError(error, 'E_STRIPE_REFUSED') || isReleaseError(error, 'E_STRIPE_UNREACHABLE');
    if (isSecondTime && (await isExpired(caller, room, session).catch(() => false))) return;
    throw error;
  }
}
