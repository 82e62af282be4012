import { createHmac } from 'node:crypto';
import { type FailureCode, ReleaseError } from '../../../src/domain/failure.ts';
import type {
  DeliveryCounts,
  EventSpan,
  GapEvent,
  KeyState,
  OpenCheckouts,
  PaymentCounts,
  PriceState,
  StripePort,
  WebhookEndpoint,
} from '../../../src/services/stripe/port.ts';

/** What one environment holds. */
interface MemoryStripeEnv {
  readonly prefix: 'live' | 'test' | 'not-a-secret-key';
  readonly wanted: 'live' | 'test';
  readonly lacksRight?: boolean;
  readonly webhookSecret?: string;
}

const failure = (code: FailureCode): ReleaseError =>
  new ReleaseError(code, {
    what: 'Stripe answered no (memory).',
    next: 'Correct it, then try again.',
    state: 'untouched',
  });

/** Stripe in memory. It passes the contract of the real adapter. */
export class MemoryStripe implements StripePort {
  readonly endpoints: WebhookEndpoint[];
  readonly sessions = new Map<string, 'open' | 'complete' | 'expired'>();
  /** Session → the reference that the application gave it. */
  readonly references = new Map<string, string>();
  /** Price → what one unit costs. */
  readonly prices = new Map<string, number>();
  readonly archived = new Set<string>();
  /** Sessions that send their customer to another site. */
  readonly foreign = new Set<string>();
  /** Oldest first. */
  readonly happened: GapEvent[] = [];
  isRevoked = false;
  private readonly envs: Readonly<Record<string, MemoryStripeEnv>>;
  private readonly now: () => Date;

  constructor(
    envs: Readonly<Record<string, MemoryStripeEnv>>,
    endpoints: readonly WebhookEndpoint[],
    now: () => Date,
  ) {
    this.envs = envs;
    this.endpoints = [...endpoints];
    this.now = now;
  }

  keyMode(env: string): MemoryStripeEnv['prefix'] {
    return this.enter(env).prefix;
  }

  async keyState(env: string): Promise<KeyState> {
    const { prefix, lacksRight } = this.enter(env);
    if (prefix === 'not-a-secret-key' || this.isRevoked) return { state: 'refused' };
    return lacksRight ? { state: 'lacks-right' } : { state: 'works', livemode: prefix === 'live' };
  }

  async webhookEndpoints(env: string): Promise<readonly WebhookEndpoint[]> {
    this.enter(env);
    if (this.isRevoked) throw failure('E_STRIPE_KEY');
    return this.endpoints;
  }

  async switchEndpoint(env: string, id: string, enabled: boolean): Promise<void> {
    const { prefix, wanted, lacksRight } = this.enter(env);
    if (prefix !== wanted) throw failure('E_STRIPE_MODE');
    if (lacksRight) throw failure('E_STRIPE_KEY');
    const at = this.endpoints.findIndex((one) => one.id === id);
    const found = this.endpoints[at];
    if (found === undefined) throw failure('E_STRIPE_REFUSED');
    this.endpoints[at] = { ...found, enabled };
  }

  signature(env: string, body: string): string {
    const { webhookSecret } = this.enter(env);
    if (webhookSecret === undefined) throw failure('E_WEBHOOK_SECRET');
    const time = Math.floor(this.now().getTime() / 1000);
    return `t=${time},v1=${createHmac('sha256', webhookSecret).update(`${time}.${body}`).digest('hex')}`;
  }

  async price(env: string, price: string): Promise<PriceState | undefined> {
    const { prefix } = this.enter(env);
    if (this.isRevoked) throw failure('E_STRIPE_KEY');
    const amount = this.prices.get(price);
    if (amount === undefined) return undefined;
    return { active: !this.archived.has(price), livemode: prefix === 'live', amount };
  }

  async payments(env: string): Promise<PaymentCounts> {
    this.enter(env);
    const succeeded = [...this.sessions.values()].filter((status) => status === 'complete').length;
    return { succeeded, declined: 0, failed: 0 };
  }

  async deliveries(env: string): Promise<DeliveryCounts> {
    this.enter(env);
    return { total: 0, failed: 0 };
  }

  async events(env: string, { from, to }: EventSpan): Promise<readonly GapEvent[]> {
    this.enter(env);
    return this.happened.filter((one) => {
      const at = Date.parse(one.createdAt);
      return at >= from.getTime() && at <= to.getTime();
    });
  }

  async openCheckouts(env: string, { reference }: OpenCheckouts): Promise<readonly string[]> {
    this.enter(env);
    return [...this.references]
      .filter(([id, one]) => one === reference && this.sessions.get(id) === 'open' && !this.foreign.has(id))
      .map(([id]) => id);
  }

  async expireCheckout(env: string, session: string): Promise<void> {
    const { prefix, wanted } = this.enter(env);
    if (prefix !== wanted) throw failure('E_STRIPE_MODE');
    const status = this.sessions.get(session);
    if (this.foreign.has(session)) throw failure('E_CHECKOUT_FOREIGN');
    if (status !== 'open' && status !== 'expired') throw failure('E_STRIPE_REFUSED');
    this.sessions.set(session, 'expired');
  }

  private enter(env: string): MemoryStripeEnv {
    const found = this.envs[env];
    if (found === undefined) throw failure('E_NOT_CONFIGURED');
    return found;
  }
}
