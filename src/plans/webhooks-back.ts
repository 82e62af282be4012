import type { PlanEntry } from '../domain/plan.ts';
import { proveWebhooks } from '../steps/stripe/prove-webhooks.ts';
import { seeWebhooks } from '../steps/stripe/see-webhooks.ts';
import { disableWebhooks, enableWebhooks } from '../steps/stripe/switch-webhooks.ts';
import type { WebhookWay } from './webhook-way.ts';

type Way = WebhookWay | undefined;

/** RBX-2.3: entries that keep Stripe's events away; a failure of these holds up no way back. */
export function putOff(way: Way, env: string): PlanEntry[] {
  const place = { onFailure: 'warn' } as const;
  if (way?.kind === 'disable')
    return [disableWebhooks.with({ env, endpoints: [...way.endpoints] }, { name: 'webhooks-off', ...place })];
  return way?.kind === 'maintenance'
    ? [seeWebhooks.with({ env, wanted: 'refused' }, { name: 'webhooks-held', ...place })]
    : [];
}

/** E-82: Stripe delivers again before users are let in; a Stripe that is down must not keep them out. */
export const deliverAgain = (way: Way, env: string): PlanEntry[] =>
  way?.kind === 'disable'
    ? [
        enableWebhooks.with(
          { env, endpoints: [...way.endpoints] },
          { name: 'webhooks-on', onFailure: 'warn' },
        ),
      ]
    : [];

/** Once users are in: no rollback ends well while Stripe's events go nowhere (RBX-6.3). */
function seeEnabled(way: Way, env: string): PlanEntry[] {
  if (way?.kind !== 'disable') return [];
  const place = { name: 'webhooks-open', title: 'See that Stripe delivers again' };
  return [enableWebhooks.with({ env, endpoints: [...way.endpoints] }, place)];
}

/** The same, and what only a signed event shows (RBX-5.5, RBV-6); without a secret nobody can sign one. */
export function seeDelivered(way: Way, env: string, canSign: boolean): PlanEntry[] {
  if (way === undefined || way.kind === 'none') return [];
  const place = { onFailure: 'warn' } as const;
  if (canSign)
    return [...seeEnabled(way, env), proveWebhooks.with({ env }, { name: 'webhooks-proven', ...place })];
  return way.kind === 'maintenance'
    ? [seeWebhooks.with({ env, wanted: 'taken' }, { name: 'webhooks-open', ...place })]
    : seeEnabled(way, env);
}
