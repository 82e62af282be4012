import type { StripeCaller, StripeRoom } from './client.ts';
import { readKeyMode, refuseWrongMode } from './key-mode.ts';
import { endpointShape } from './shapes.ts';

/**
 * Enables or disables one webhook endpoint; twice is as good as once. The key's mode is checked before anything is sent.
 * Throws E_STRIPE_MODE, E_STRIPE_REFUSED, also where the answer tells another state than the wanted one.
 */
export async function switchEndpoint(
  { ask }: StripeCaller,
  room: StripeRoom,
  id: string,
  isOn: boolean,
): Promise<void> {
  refuseWrongMode(room.env, readKeyMode(room.key), room.mode, room.keyName);
  await ask(room, {
    doing: `${isOn ? 'enable' : 'disable'} a webhook endpoint`,
    effect: 'write',
    shape: endpointShape,
    send: (stripe) => stripe.webhookEndpoints.update(id, { disabled: !isOn }),
  });
}
