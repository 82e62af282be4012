import { randomBytes } from 'node:crypto';

/** What a restricted key may be allowed to do. */
export type Resource =
  | 'account'
  | 'balance'
  | 'charges'
  | 'checkout_sessions'
  | 'events'
  | 'payment_intents'
  | 'prices'
  | 'webhook_endpoints';

export interface StripeKey {
  readonly key: string;
  readonly livemode: boolean;
  /** Undefined for a secret key, which may do everything. */
  readonly rights: Readonly<Partial<Record<Resource, 'read' | 'write'>>> | undefined;
  isRevoked: boolean;
}

export interface Price {
  readonly id: string;
  /** In cents. */
  readonly amount: number;
  readonly livemode: boolean;
  /** Archived prices are not; nothing can be sold at them. */
  readonly active: boolean;
}

export interface Endpoint {
  readonly id: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly secret: string;
  url: string;
  events: readonly string[];
  isEnabled: boolean;
}

/** An object of Stripe's API as it goes over the wire; `created` is in seconds. */
export interface Thing {
  readonly id: string;
  readonly object: string;
  readonly created: number;
  readonly livemode: boolean;
}

export interface CheckoutSession extends Thing {
  readonly url: string | null;
  readonly mode: string;
  readonly status: 'open' | 'complete' | 'expired';
  readonly payment_status: 'unpaid' | 'paid';
  readonly amount_total: number;
  readonly currency: 'usd';
  readonly payment_intent: string | null;
  readonly success_url: string | null;
  readonly cancel_url: string | null;
  readonly client_reference_id: string | null;
  readonly customer_email: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly expires_at: number;
}

export interface StripeEvent extends Thing {
  readonly type: string;
  readonly api_version: string;
  readonly data: { readonly object: object };
  /** Deliveries that have not been accepted. */
  readonly pending_webhooks: number;
  readonly request: { readonly id: null; readonly idempotency_key: null };
}

/** The world of one account; every list is oldest first. */
export interface Account {
  readonly id: string;
  readonly now: () => Date;
  readonly keys: readonly StripeKey[];
  readonly prices: readonly Price[];
  readonly endpoints: Endpoint[];
  readonly sessions: CheckoutSession[];
  readonly intents: Thing[];
  readonly charges: Thing[];
  readonly events: StripeEvent[];
}

/** The version that the SDK of this project is pinned to. */
export const API_VERSION = '2026-10-28.endive';

export const isLiveKey = (key: string): boolean => /^(sk|rk)_live_/.test(key);

export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Ids look like Stripe's: a prefix and letters and digits. */
export const makeId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** Puts a changed thing into the place of the one with the same id. */
export function replaceThing<T extends { readonly id: string }>(list: T[], changed: T): T {
  list[list.findIndex(({ id }) => id === changed.id)] = changed;
  return changed;
}
