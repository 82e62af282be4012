import type { Cluster } from '../postgres/cluster.ts';
import type { Platform } from '../servers/host/start.ts';
import type { StripeStandIn } from '../servers/stripe/start.ts';
import { blockQuery, readForever } from './hold-query.ts';
import { SANDBOX_NAMES } from './write-config.ts';

/** What can be broken in a world, and how people would call it. */
export const TROUBLES = {
  app: 'the application is down',
  query: 'a forgotten session holds a table, and a query waits for it',
  'stripe-key': 'the Stripe key was revoked',
  webhook: 'the webhook endpoint was disabled in Stripe',
  build: 'the next build on the platform fails',
  migration: 'a report reads the table that the next migration changes, and does not end',
} as const;

export type Trouble = keyof typeof TROUBLES;

export const isTrouble = (word: string): word is Trouble => Object.hasOwn(TROUBLES, word);

interface Ground {
  readonly cluster: Cluster;
  readonly platform: Platform;
  readonly stripe: StripeStandIn;
  readonly stripeKey: string;
}

/** Breaks things and mends them again; mending what is whole does nothing. */
export function makeTroubles({ cluster, platform, stripe, stripeKey }: Ground) {
  const { database, endpoint } = SANDBOX_NAMES;
  const held = new Map<string, () => Promise<void>>();
  const hold = async (name: Trouble, take: typeof blockQuery, table: string): Promise<void> => {
    if (!held.has(name)) held.set(name, await take(cluster.url(database), table));
  };
  const letGo = async (name: Trouble): Promise<void> => {
    await held.get(name)?.();
    held.delete(name);
  };
  const none = async (): Promise<void> => undefined;
  const ways: Readonly<Record<Trouble, readonly [start: () => Promise<void>, end: () => Promise<void>]>> = {
    app: [() => platform.stop(), () => platform.start()],
    query: [() => hold('query', blockQuery, 'webhook_events'), () => letGo('query')],
    migration: [() => hold('migration', readForever, 'assessments'), () => letGo('migration')],
    'stripe-key': [async () => stripe.revokeKey(stripeKey), async () => stripe.restoreKey(stripeKey)],
    webhook: [async () => stripe.disableEndpoint(endpoint), async () => stripe.enableEndpoint(endpoint)],
    build: [async () => platform.failNextBuild(), none],
  };
  return {
    start: (what: Trouble): Promise<void> => ways[what][0](),
    end: (what: Trouble): Promise<void> => ways[what][1](),
    close: async (): Promise<void> => {
      await Promise.all([...held.keys()].map((name) => letGo(name as Trouble)));
    },
  };
}
