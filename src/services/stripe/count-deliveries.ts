import type { StripeCaller, StripeRoom } from './client.ts';
import { listEndpoints } from './list-endpoints.ts';
import type { DeliveryCounts } from './port.ts';
import { eventsShape } from './shapes.ts';

const PAGE = 100;
/** More than this many types cannot be asked for at once. */
const MOST_TYPES = 20;

export interface DeliveryWish {
  readonly since: Date;
  readonly until: Date;
  /** Address of the environment; endpoints of other ones are not ours. */
  readonly url: string;
}

/** Types that our endpoints want; undefined: all of them, or too many to name. */
async function findTypes(caller: StripeCaller, room: StripeRoom, url: string): Promise<string[] | undefined> {
  const { host } = new URL(url);
  const ours = (await listEndpoints(caller, room)).filter(
    (one) => one.enabled && URL.canParse(one.url) && new URL(one.url).host === host,
  );
  const types = [...new Set(ours.flatMap(({ events }) => events))];
  return types.length === 0 || types.includes('*') || types.length > MOST_TYPES ? undefined : types;
}

interface Counted {
  readonly count: number;
  /** Where the page was full: all that is counted is as young as that, in seconds since 1970. */
  readonly oldest: number | undefined;
}

async function countEvents(
  { ask }: StripeCaller,
  room: StripeRoom,
  wish: DeliveryWish,
  types: string[] | undefined,
  { failed, from }: { readonly failed: boolean; readonly from?: number | undefined },
): Promise<Counted> {
  const created = {
    gte: from ?? Math.floor(wish.since.getTime() / 1000),
    lt: Math.floor(wish.until.getTime() / 1000),
  };
  const { data } = await ask(room, {
    doing: 'count deliveries',
    effect: 'read',
    shape: eventsShape,
    send: (stripe) =>
      stripe.events.list({
        limit: PAGE,
        created,
        ...(failed ? { delivery_success: false } : {}),
        ...(types === undefined ? {} : { types }),
      }),
  });
  return { count: data.length, oldest: data.length < PAGE ? undefined : data.at(-1)?.created };
}

/**
 * Deliveries to our endpoints and those that failed, of the newest hundred events of the time
 * (E-18). That an event failed at any endpoint of the account counts: Stripe does not say at which.
 */
export async function countDeliveries(
  caller: StripeCaller,
  room: StripeRoom,
  wish: DeliveryWish,
): Promise<DeliveryCounts> {
  const types = await findTypes(caller, room, wish.url);
  const { count: total, oldest } = await countEvents(caller, room, wish, types, { failed: false });
  // The newest hundred that failed may be hours older than the newest hundred of all.
  const { count: failed } = await countEvents(caller, room, wish, types, { failed: true, from: oldest });
  return { total, failed: Math.min(failed, total) };
}
