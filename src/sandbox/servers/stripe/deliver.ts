import { createHmac } from 'node:crypto';
import {
  type Account,
  API_VERSION,
  type Endpoint,
  makeId,
  replaceThing,
  type StripeEvent,
  secondsOf,
} from './account.ts';
import { isOfType } from './events.ts';

/** Pauses between attempts at speed 1: five hours of Stripe's three days in live mode, three tries in test mode. */
const MINUTE = 60_000;
const LIVE_PAUSES = [1, 5, 30, 60, 240].map((n) => n * MINUTE);
const TEST_PAUSES = LIVE_PAUSES.slice(0, 3);
const PATIENCE_MS = 20_000;

/** What became of an event at one endpoint after the first attempt. */
export interface Delivery {
  readonly endpoint: string;
  /** HTTP status; undefined when nobody answered. */
  readonly status: number | undefined;
}

export interface Delivered {
  readonly event: StripeEvent;
  /** First attempts, one for each endpoint that is enabled and subscribed. */
  readonly deliveries: readonly Delivery[];
  /** Resolves when no attempt will be made any more. */
  readonly finished: Promise<void>;
}

function sign(body: string, secret: string, at: Date): string {
  const time = secondsOf(at);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** Resolves after the pause, or at once when the stand-in closes. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

/** Signs events with each endpoint's secret and posts them, again and again until one is accepted. */
export class Deliverer {
  readonly #account: Account;
  readonly #speed: number;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(account: Account, speed: number) {
    this.#account = account;
    this.#speed = speed;
  }

  /** Makes an event and delivers it. Endpoints that are disabled at this moment never get it. */
  async deliver(type: string, object: object, livemode: boolean): Promise<Delivered> {
    const targets = this.#account.endpoints.filter(
      (one) =>
        one.isEnabled && one.livemode === livemode && one.events.some((wanted) => isOfType(type, wanted)),
    );
    const event: StripeEvent = {
      id: makeId('evt'),
      object: 'event',
      created: secondsOf(this.#account.now()),
      livemode,
      type,
      api_version: API_VERSION,
      data: { object },
      pending_webhooks: targets.length,
      request: { id: null, idempotency_key: null },
    };
    this.#account.events.push(event);
    const statuses = await Promise.all(targets.map((target) => this.#attempt(event, target)));
    const open = targets.filter((_, i) => !isAccepted(statuses[i]));
    const finished = Promise.all(open.map((target) => this.#insist(event, target))).then(() => undefined);
    this.#running.add(finished);
    finished.finally(() => this.#running.delete(finished));
    const deliveries = targets.map(({ id }, i) => ({ endpoint: id, status: statuses[i] }));
    return { event: this.#find(event), deliveries, finished };
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  /** The event as it stands now. */
  #find(event: StripeEvent): StripeEvent {
    return this.#account.events.find(({ id }) => id === event.id) ?? event;
  }

  /** Further attempts; an endpoint that was disabled meanwhile ends them. */
  async #insist(event: StripeEvent, target: Endpoint): Promise<void> {
    for (const ms of event.livemode ? LIVE_PAUSES : TEST_PAUSES) {
      await pause(ms / this.#speed, this.#closing.signal);
      if (this.#closing.signal.aborted || !target.isEnabled) return;
      if (isAccepted(await this.#attempt(event, target))) return;
    }
  }

  async #attempt(event: StripeEvent, { url, secret }: Endpoint): Promise<number | undefined> {
    const body = JSON.stringify(this.#find(event), undefined, 2);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': sign(body, secret, this.#account.now()),
    };
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await answer.arrayBuffer();
      if (isAccepted(answer.status)) this.#settle(event);
      return answer.status;
    } catch {
      return undefined;
    }
  }

  #settle(event: StripeEvent): void {
    const now = this.#find(event);
    replaceThing(this.#account.events, { ...now, pending_webhooks: now.pending_webhooks - 1 });
  }
}

const isAccepted = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;
