import { ReleaseError } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { enterStripe, makeStripeCaller, type StripeRoom } from './client.ts';
import { countDeliveries } from './count-deliveries.ts';
import { countPayments } from './count-payments.ts';
import { expireCheckout } from './expire-checkout.ts';
import { readKeyMode } from './key-mode.ts';
import { listEndpoints } from './list-endpoints.ts';
import { listEvents } from './list-events.ts';
import { listOpenCheckouts } from './list-open-checkouts.ts';
import type { StripePort } from './port.ts';
import { readKeyState } from './read-key-state.ts';
import { readPrice } from './read-price.ts';
import { signPayload } from './sign.ts';
import { switchEndpoint } from './switch-endpoint.ts';

const noWebhookSecret = (env: string): ReleaseError =>
  new ReleaseError('E_WEBHOOK_SECRET', {
    what: `No webhook secret is configured for ${env}, so that nothing can be signed.`,
    next: `Name it as environments.${env}.stripe.webhookSecret.`,
    state: 'untouched',
  });

/** Stripe by its official SDK. Reads nothing about customers (E-58). */
export function makeStripe(surroundings: Surroundings): StripePort {
  const caller = makeStripeCaller(surroundings);
  const enter = (env: string): StripeRoom => enterStripe(surroundings, env);
  return {
    keyMode: (env) => readKeyMode(enter(env).key),
    keyState: async (env) => readKeyState(caller, enter(env)),
    webhookEndpoints: async (env) => listEndpoints(caller, enter(env)),
    switchEndpoint: async (env, id, isOn) => switchEndpoint(caller, enter(env), id, isOn),
    signature: (env, body) => {
      const { webhookSecret } = enter(env);
      if (webhookSecret === undefined) throw noWebhookSecret(env);
      return signPayload(body, surroundings.secrets.read(webhookSecret), surroundings.clock.now());
    },
    price: async (env, price) => readPrice(caller, enter(env), price),
    openCheckouts: async (env, wanted) => listOpenCheckouts(caller, enter(env), wanted),
    payments: async (env, since) => countPayments(caller, enter(env), since),
    deliveries: async (env, since, until) => {
      const url = surroundings.runbook.environments[env]?.url ?? '';
      return countDeliveries(caller, enter(env), { since, until, url });
    },
    events: async (env, span) => {
      const { url = '', stripe } = surroundings.runbook.environments[env] ?? {};
      const now = surroundings.clock.now();
      return listEvents(caller, enter(env), { ...span, now, url, endpoint: stripe?.webhookEndpoint });
    },
    expireCheckout: async (env, session) => expireCheckout(caller, enter(env), session),
  };
}
