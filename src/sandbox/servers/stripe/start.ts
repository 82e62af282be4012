import { type StandIn, startStandIn } from '../router.ts';
import {
  type Account,
  type CheckoutSession,
  isLiveKey,
  type StripeEvent,
  type StripeKey,
  secondsOf,
} from './account.ts';
import { unknownPath, withRequestId } from './answers.ts';
import { paySession } from './checkout.ts';
import { type Delivered, Deliverer } from './deliver.ts';
import { stripeRoutes } from './routes.ts';

export interface StripeOptions {
  /** A secret key; its prefix decides about live and test. */
  readonly key: string;
  /** Another secret key of the account, as test mode has one of its own. */
  readonly otherKey?: string;
  /** Keys that may do only what is listed. */
  readonly restrictedKeys?: readonly {
    readonly key: string;
    readonly rights: NonNullable<StripeKey['rights']>;
  }[];
  readonly account?: string;
  /** Amounts in cents. `livemode`: default that of the key. */
  readonly prices: readonly {
    readonly id: string;
    readonly amount: number;
    readonly livemode?: boolean;
    /** Default: true. */
    readonly active?: boolean;
  }[];
  readonly endpoints: readonly {
    readonly id: string;
    readonly url: string;
    readonly secret: string;
    readonly events: readonly string[];
    /** Default: that of the key. */
    readonly livemode?: boolean;
  }[];
  /** How much faster than Stripe deliveries are repeated. Default 1. */
  readonly speed?: number;
  readonly port?: number;
  readonly now?: () => Date;
}

/** The Stripe of the sandbox. */
export interface StripeStandIn extends StandIn {
  /** The key is refused from now on, until it is restored. */
  revokeKey(key: string): void;
  restoreKey(key: string): void;
  disableEndpoint(id: string): void;
  enableEndpoint(id: string): void;
  sessions(): readonly CheckoutSession[];
  events(): readonly StripeEvent[];
  /** Does what a customer does on the page of an open session, and delivers `checkout.session.completed`. */
  pay(session: string): Promise<Delivered>;
  /** Makes an event and delivers it, signed, to every endpoint that is enabled and subscribed. */
  deliver(type: string, data?: object): Promise<Delivered>;
}

function makeAccount(options: StripeOptions): Account {
  const livemode = isLiveKey(options.key);
  const now = options.now ?? (() => new Date());
  const full = [options.key, options.otherKey].filter((key) => key !== undefined);
  const keys = [...full.map((key) => ({ key, rights: undefined })), ...(options.restrictedKeys ?? [])];
  return {
    id: options.account ?? 'acct_sandbox',
    now,
    keys: keys.map(({ key, rights }) => ({ key, rights, livemode: isLiveKey(key), isRevoked: false })),
    prices: options.prices.map((price) => ({ livemode, active: true, ...price })),
    endpoints: options.endpoints.map((one) => ({
      livemode,
      ...one,
      created: secondsOf(now()),
      isEnabled: true,
    })),
    sessions: [],
    intents: [],
    charges: [],
    events: [],
  };
}

const find = <T>(list: readonly T[], isIt: (one: T) => boolean, name: string): T => {
  const found = list.find(isIt);
  if (found === undefined) throw new Error(`the Stripe of the sandbox has no ${name}`);
  return found;
};

/** Starts the stand-in of Stripe with one account. */
export async function startStripe(options: StripeOptions): Promise<StripeStandIn> {
  const account = makeAccount(options);
  const deliverer = new Deliverer(account, options.speed ?? 1);
  const server = await startStandIn(stripeRoutes(account), {
    ...(options.port === undefined ? {} : { port: options.port }),
    missing: (call) => withRequestId(unknownPath(call)),
  });
  const setRevoked = (key: string, isRevoked: boolean): void => {
    find(account.keys, (one) => one.key === key, 'such key').isRevoked = isRevoked;
  };
  const setEnabled = (id: string, isEnabled: boolean): void => {
    find(account.endpoints, (one) => one.id === id, `endpoint ${id}`).isEnabled = isEnabled;
  };
  return {
    ...server,
    revokeKey: (key) => setRevoked(key, true),
    restoreKey: (key) => setRevoked(key, false),
    disableEndpoint: (id) => setEnabled(id, false),
    enableEndpoint: (id) => setEnabled(id, true),
    sessions: () => account.sessions,
    events: () => account.events,
    pay: async (id) => {
      const session = paySession(account, id);
      return deliverer.deliver('checkout.session.completed', session, session.livemode);
    },
    deliver: (type, data = {}) => deliverer.deliver(type, data, isLiveKey(options.key)),
    close: async () => {
      await deliverer.close();
      await server.close();
    },
  };
}
