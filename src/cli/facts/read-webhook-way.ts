import { isReleaseError } from '../../domain/failure.ts';
import { findWebhooksOff } from '../../ledger/find-held.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { chooseWebhookWay, type WebhookWay } from '../../plans/webhook-way.ts';
import type { Wired } from '../wired.ts';

/** Stripe is asked only where an endpoint may have to be switched; one that does not answer holds no rollback up. */
export async function readWebhookWay({
  ledger,
  scope,
  services,
  environment,
  env,
}: Wired): Promise<WebhookWay> {
  const left = findWebhooksOff(foldRuns(await ledger.read(scope)))?.endpoints ?? [];
  if (environment.stripe?.duringRollback !== 'disable') return chooseWebhookWay(environment, [], left);
  try {
    return chooseWebhookWay(environment, await services.stripe.webhookEndpoints(env), left);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return chooseWebhookWay(environment, undefined, left);
  }
}
