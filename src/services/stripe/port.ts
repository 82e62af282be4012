/** Four separate answers, because each has another remedy (E-57). A network failure throws. */
export type KeyState =
  | { readonly state: 'works'; readonly livemode: boolean }
  | { readonly state: 'refused' }
  | { readonly state: 'lacks-right'; readonly livemode?: boolean };

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly apiVersion?: string;
  readonly events: readonly string[];
}

/** Which checkout sessions are looked for. */
export interface OpenCheckouts {
  readonly reference: string;
  readonly since: Date;
}

/** A price as Stripe has it. */
export interface PriceState {
  readonly active: boolean;
  readonly livemode: boolean;
  /** What one unit costs, in its smallest coin; Infinity where customers choose. */
  readonly amount: number;
}

/** Payments of a time, by how they ended; what is under way is in none of them. */
export interface PaymentCounts {
  readonly succeeded: number;
  /** By the bank of the customer. */
  readonly declined: number;
  /** By a fault of Stripe's or ours. */
  readonly failed: number;
}

/** Deliveries of events of a time. */
export interface DeliveryCounts {
  readonly total: number;
  readonly failed: number;
}

/** Which events are looked for; both moments included. */
export interface EventSpan {
  readonly from: Date;
  readonly to: Date;
}

/** An event as it is sent to a webhook. The body is passed on unread. */
export interface GapEvent {
  readonly id: string;
  readonly type: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly body: string;
}

/** Payments. Nothing here reads a customer's data (E-58). */
export interface StripePort {
  /** Mode that the key's prefix claims; needs no network. */
  keyMode(env: string): 'live' | 'test' | 'not-a-secret-key';
  keyState(env: string): Promise<KeyState>;
  webhookEndpoints(env: string): Promise<readonly WebhookEndpoint[]>;
  /** Enables or disables an endpoint; twice is as good as once. Events of a disabled one are never sent again (E-83). */
  switchEndpoint(env: string, id: string, isOn: boolean): Promise<void>;
  /** The header that Stripe would send with this body. */
  signature(env: string, body: string): string;
  /** Undefined: the key's mode has no such price. */
  price(env: string, price: string): Promise<PriceState | undefined>;
  /**
   * Ids of open checkout sessions that the application gave this `client_reference_id`, opened since a moment. Sessions
   * that send their customer to another site are left out. Throws where there are too many to look through.
   */
  openCheckouts(env: string, wanted: OpenCheckouts): Promise<readonly string[]>;
  /**
   * Ends a checkout session that a smoke test opened. Throws E_CHECKOUT_FOREIGN, before anything is changed, for one that
   * does not send its customer back to the environment: it belongs to another site.
   */
  expireCheckout(env: string, session: string): Promise<void>;
  /** Payments since a moment, the newest thousand at most. */
  payments(env: string, since: Date): Promise<PaymentCounts>;
  /**
   * Deliveries of what happened since a moment and before another, to endpoints at the environment's address. What has just
   * happened may still be on its way.
   */
  deliveries(env: string, since: Date, until: Date): Promise<DeliveryCounts>;
  /**
   * Events that endpoints at the environment's address want, disabled ones included, oldest first. Throws E_EVENTS_GONE
   * for a time that is older than the 30 days that Stripe shows, E_EVENTS_MANY above ten thousand, E_NO_ENDPOINT.
   */
  events(env: string, span: EventSpan): Promise<readonly GapEvent[]>;
}
