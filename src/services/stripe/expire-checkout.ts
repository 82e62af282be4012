import { isReleaseError } from '../../domain/failure.ts';
import type { StripeCaller, StripeRoom } from './client.ts';
import { readKeyMode, refuseWrongMode } from './key-mode.ts';
import { refuseForeign } from './own-session.ts';
import { sessionShape } from './shapes.ts';

const showSession = ({ ask }: StripeCaller, room: StripeRoom, session: string) =>
  ask(room, {
    doing: 'show a checkout session',
    effect: 'read',
    shape: sessionShape,
    send: (stripe) => stripe.checkout.sessions.retrieve(session),
  });

/**
 * Ends an open checkout session. One that has expired already is fine; one that was paid is not, and stays an error.
 * The key's mode is checked before anything is sent, and the session's site before anything is changed. Throws
 * E_STRIPE_MODE, E_CHECKOUT_FOREIGN, E_STRIPE_REFUSED (E-73).
 */
export async function expireCheckout(caller: StripeCaller, room: StripeRoom, session: string): Promise<void> {
  refuseWrongMode(room.env, readKeyMode(room.key), room.mode, room.keyName);
  const found = await showSession(caller, room, session);
  refuseForeign(session, found, room);
  if (found.status === 'expired') return;
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
    const status = () => showSession(caller, room, session).then((one) => one.status);
    if (isSecondTime && (await status().catch(() => undefined)) === 'expired') return;
    throw error;
  }
}
