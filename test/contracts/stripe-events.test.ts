import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, openSession, openStripe, WEBHOOK_SECRET } from './stripe-world.ts';

// An endpoint that is disabled gets nothing, and nothing again later: these are the events that only a replay brings.
describe('events of a gap, at the real Stripe adapter against the wire server', () => {
  let world: Awaited<ReturnType<typeof openStripe>>;
  const gap = { from: new Date(NOW.getTime() - 60_000), to: NOW };

  beforeAll(async () => {
    const endpoint = { secret: WEBHOOK_SECRET, events: ['checkout.*'] };
    world = await openStripe({
      endpoints: [
        { ...endpoint, id: 'we_ours', url: 'https://staging.rur2.example/hook' },
        { ...endpoint, id: 'we_other', url: 'https://other.example/hook', events: ['*'] },
      ],
    });
    world.server.disableEndpoint('we_ours');
    world.server.disableEndpoint('we_other');
  });
  afterAll(() => world.server.close());

  it('E-83: are listed oldest first, whole, and only those that our endpoint wants', async () => {
    const paid = [];
    for (let n = 0; n < 2; n += 1) {
      const session = await openSession(world.server.url);
      paid.push((await world.server.pay(session)).event.id);
    }
    await world.server.deliver('charge.refunded');
    const events = await world.stripe.events('staging', gap);
    expect(events.map(({ id }) => id)).toEqual(paid);
    expect(JSON.parse(events[0]?.body ?? '')).toMatchObject({
      id: paid[0],
      type: 'checkout.session.completed',
      data: { object: { payment_status: 'paid' } },
    });
  });

  it('E-83: are listed beyond the first page, and not those of another time', async () => {
    for (let n = 0; n < 120; n += 1) await world.server.deliver('checkout.session.expired');
    expect(await world.stripe.events('staging', gap)).toHaveLength(122);
    const before = { from: new Date(NOW.getTime() - 120_000), to: new Date(NOW.getTime() - 60_000) };
    expect(await world.stripe.events('staging', before)).toEqual([]);
  });

  it('E-83: are not listed at all when Stripe shows a part of them only, or nobody knows which are ours', async () => {
    const old = { from: new Date(NOW.getTime() - 31 * 86_400_000), to: NOW };
    await expect(world.stripe.events('staging', old)).rejects.toMatchObject({ code: 'E_EVENTS_GONE' });
    await expect(world.stripe.events('mixed', gap)).rejects.toMatchObject({ code: 'E_NO_ENDPOINT' });
  });
});
