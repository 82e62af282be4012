import type { PoolClient } from 'pg';
import type { App } from '../app.ts';
import { inTransaction } from '../database.ts';

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

type Effect = (client: PoolClient, event: StripeEvent) => Promise<unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 255) : null);
const amount = (value: unknown): number =>
  Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? Number(value) : 0;
const reference = (value: unknown): number => (/^\d{1,9}$/.test(String(value)) ? Number(value) : 0);

/** Makes the buyer an active subscriber and remembers the payment. Without a customer nobody becomes one (DAT-05). */
const completeCheckout: Effect = (client, { id, object }) =>
  client.query(
    `with buyer as (
      update users set stripe_customer_id = coalesce($2, stripe_customer_id),
        subscription_status = case when coalesce($2, stripe_customer_id) is null then subscription_status else 'active' end
      where id = $1 returning id)
    insert into payments (event_id, user_id, amount, currency) select $3, buyer.id, $4, $5 from buyer`,
    [
      reference(object.client_reference_id),
      text(object.customer),
      id,
      amount(object.amount_total),
      text(object.currency) ?? 'usd',
    ],
  );

const rememberPayment: Effect = (client, { id, object }) =>
  client.query(
    `insert into payments (event_id, user_id, amount, currency)
     select $1, u.id, $3, $4 from users u where u.stripe_customer_id = $2`,
    [id, text(object.customer), amount(object.amount), text(object.currency) ?? 'usd'],
  );

const endSubscription: Effect = (client, { object }) =>
  client.query(`update users set subscription_status = 'canceled' where stripe_customer_id = $1`, [
    text(object.customer),
  ]);

const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ['checkout.session.completed', completeCheckout],
  ['payment_intent.succeeded', rememberPayment],
  ['customer.subscription.deleted', endSubscription],
]);

/**
 * Carries an event out once, whatever number of times it is delivered: its id is remembered in the transaction of its
 * effect. An event of a type that nobody acts on leaves no row behind.
 */
export async function applyEvent({ pool, build }: App, event: StripeEvent): Promise<void> {
  const effect = EFFECTS.get(event.type);
  if (effect === undefined) return;
  const again = build.features.webhookRetries
    ? 'do update set attempts = webhook_events.attempts + 1'
    : 'do nothing';
  const sql = `insert into webhook_events (id, type) values ($1, $2) on conflict (id) ${again}
    returning xmax = 0 as "isNew"`;
  await inTransaction(pool, async (client) => {
    const [seen] = (await client.query<{ isNew: boolean }>(sql, [event.id, event.type])).rows;
    if (seen?.isNew === true) await effect(client, event);
  });
}
