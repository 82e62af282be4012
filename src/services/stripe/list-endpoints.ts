import type { StripeCaller, StripeRoom } from './client.ts';
import type { WebhookEndpoint } from './port.ts';
import { endpointsShape } from './shapes.ts';

const PAGE = 100;
/** Stripe allows sixteen endpoints; the bound ends a paging that would go round in circles. */
const MOST_PAGES = 10;

/** Every webhook endpoint of the account, newest first. */
export async function listEndpoints(
  { ask }: StripeCaller,
  room: StripeRoom,
): Promise<readonly WebhookEndpoint[]> {
  const found: WebhookEndpoint[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const last = found.at(-1)?.id;
    const answer = await ask(room, {
      doing: 'list the webhook endpoints',
      effect: 'read',
      shape: endpointsShape,
      send: (stripe) =>
        stripe.webhookEndpoints.list({
          limit: PAGE,
          ...(last === undefined ? {} : { starting_after: last }),
        }),
    });
    found.push(
      ...answer.data.map((one) => ({
        id: one.id,
        url: one.url,
        enabled: one.status === 'enabled',
        events: one.enabled_events,
        ...(one.api_version ? { apiVersion: one.api_version } : {}),
      })),
    );
    if (!answer.has_more) return found;
  }
  return found;
}
