import { expect, it } from 'vitest';
import type { StripeCaller, StripeRoom } from '../../../src/services/stripe/client.ts';
import { countDeliveries } from '../../../src/services/stripe/count-deliveries.ts';

interface Listing {
  readonly limit: number;
  readonly created: { readonly gte: number; readonly lt: number };
  readonly delivery_success?: boolean;
}

/** Newest first, as Stripe lists them. */
function makeCaller(events: readonly { readonly created: number; readonly failed: boolean }[]): StripeCaller {
  const list = async ({ limit, created, delivery_success: success }: Listing) => ({
    data: events
      .filter((one) => one.created >= created.gte && one.created < created.lt)
      .filter((one) => success !== false || one.failed)
      .slice(0, limit),
  });
  const stripe = {
    events: { list },
    webhookEndpoints: { list: async () => ({ data: [], has_more: false }) },
  };
  const ask = async (_: unknown, { send }: { send: (s: typeof stripe) => unknown }) => send(stripe);
  return { ask } as unknown as StripeCaller;
}

const WISH = { since: new Date(0), until: new Date(3_480_000), url: 'https://rur2.example' };

it('RBC-P1-5, E-18: the share of failed deliveries is of one time, and not of the newest hundred of each kind', async () => {
  // A hundred a minute in the last minutes, all well; an hour ago sixty failed.
  const late = Array.from({ length: 200 }, (_, i) => ({
    created: 3400 - Math.floor(i / 2),
    failed: i === 4,
  }));
  const early = Array.from({ length: 60 }, () => ({ created: 100, failed: true }));
  const room = {} as StripeRoom;
  expect(await countDeliveries(makeCaller([...late, ...early]), room, WISH)).toEqual({
    total: 100,
    failed: 1,
  });
});
