import type { Runbook } from '../../config/schema/index.ts';
import type { Moment } from '../../domain/moment.ts';
import { stepsOf } from './story.ts';

/** What this rollback cannot keep back, because the runbook has no means for it (E-89). */
export function sayNotHeld(moment: Moment, { environments }: Runbook): readonly string[] {
  const lacks = (...ids: readonly string[]): boolean => stepsOf(moment, ...ids).length === 0;
  const hasStripe = environments[moment.env]?.stripe !== undefined;
  return [
    ...(lacks('app.maintenance-on') ? ['users (no maintenance mode)'] : []),
    ...(lacks('app.traffic-away') ? ['traffic (no way to the status page)'] : []),
    ...(lacks('app.pause-jobs') ? ['background jobs'] : []),
    ...(hasStripe && lacks('stripe.disable-webhooks', 'stripe.see-webhooks') ? ["Stripe's webhooks"] : []),
  ];
}
