import type Stripe from 'stripe';
import type * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { type CallName, sayCallFailure, type Vendor } from '../call-failure.ts';
import { limitAnswers } from '../limit-answer.ts';
import { type Attempt, callPatiently } from '../retry.ts';
import type { Surroundings } from '../surroundings.ts';
import { makeDirectClient } from './direct-client.ts';
import { readStripeFailure } from './read-failure.ts';

/** One call: how people would call it, what to send, and the shape its answer must have. */
interface StripeCall<Shape extends z.ZodType> extends CallName {
  readonly shape: Shape;
  send(stripe: Stripe): Promise<unknown>;
}

/** The Stripe of one environment. */
export interface StripeRoom {
  readonly env: string;
  readonly key: string;
  readonly keyName: string;
  readonly mode: 'live' | 'test';
  readonly webhookSecret: string | undefined;
  /** Hosts of the application: where its checkouts send their customers. */
  readonly hosts: readonly string[];
}

const LARGEST_ANSWER = 8_000_000;

/** What the configuration says about an environment's payments; throws E_NOT_CONFIGURED or E_SECRET_MISSING. */
export function enterStripe({ runbook, secrets }: Surroundings, env: string): StripeRoom {
  const { stripe: target, url = '' } = runbook.environments[env] ?? {};
  if (target === undefined) throw notConfigured(`environments.${env}.stripe`);
  const { secretKey, mode, webhookSecret, checkoutHost } = target;
  const hosts = [new URL(url).host, ...(checkoutHost === undefined ? [] : [checkoutHost.toLowerCase()])];
  return { env, key: secrets.read(secretKey), keyName: secretKey, mode, webhookSecret, hosts };
}

async function connect({ runbook, fetch, proxyOf }: Surroundings, key: string): Promise<Stripe> {
  const { apiUrl = 'https://api.stripe.com', timeoutSeconds = 30 } = runbook.services.stripe ?? {};
  const { default: StripeClient } = await import('stripe');
  const { hostname, port, protocol } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return new StripeClient(key, {
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    protocol: isPlain ? 'http' : 'https',
    timeout: seconds(timeoutSeconds),
    maxNetworkRetries: 1,
    telemetry: false,
    appInfo: { name: 'release-runbook' },
    // The SDK's own transport knows neither a proxy nor an end.
    httpClient:
      proxyOf(apiUrl) === undefined
        ? makeDirectClient(LARGEST_ANSWER)
        : StripeClient.createFetchHttpClient(limitAnswers(fetch, LARGEST_ANSWER)),
  });
}

/**
 * The SDK resolves an HTTP 500 whose JSON has no `error` field, so that its word is not enough: only a good status
 * together with the expected object is an answer (T30, F55).
 */
function judgeAnswer<Shape extends z.ZodType>(shape: Shape, answer: unknown): Attempt<z.infer<Shape>> {
  const { lastResponse } = (answer ?? {}) as { lastResponse?: { readonly statusCode?: number } };
  const status = lastResponse?.statusCode ?? 0;
  if (status >= 400) return { ok: false, failure: { kind: 'refused', status, said: '' } };
  const read = shape.safeParse(answer);
  if (status >= 200 && status < 300 && read.success) return { ok: true, answer: read.data };
  return { ok: false, failure: { kind: 'garbled', status } };
}

export const makeVendor = ({ key, keyName }: StripeRoom): Vendor => ({
  name: 'Stripe',
  key,
  keyName,
  codes: {
    key: 'E_STRIPE_KEY',
    refused: 'E_STRIPE_REFUSED',
    busy: 'E_STRIPE_BUSY',
    unreachable: 'E_STRIPE_UNREACHABLE',
  },
});

/** The official SDK, one client per key, made on first use. */
export function makeStripeCaller(surroundings: Surroundings) {
  const { clock } = surroundings;
  const clients = new Map<string, Promise<Stripe>>();
  const clientFor = (key: string): Promise<Stripe> => {
    const known = clients.get(key) ?? connect(surroundings, key);
    clients.set(key, known);
    return known;
  };

  /** The answer, or why there is none; never throws for what Stripe or the network did. */
  const attempt = async <Shape extends z.ZodType>(
    room: StripeRoom,
    call: StripeCall<Shape>,
  ): Promise<Attempt<z.infer<Shape>>> => {
    const stripe = await clientFor(room.key);
    const tryOnce = async (): Promise<Attempt<z.infer<Shape>>> => {
      try {
        return judgeAnswer(call.shape, await call.send(stripe));
      } catch (error) {
        return { ok: false, failure: readStripeFailure(error, clock.now()) };
      }
    };
    // The SDK repeats everything else by itself, with the same idempotency key; 429 it never repeats.
    return callPatiently(clock, call.effect, tryOnce, (f) => f.kind === 'refused' && f.status === 429);
  };

  /** The answer; throws the one translation of everything else. */
  const ask = async <Shape extends z.ZodType>(
    room: StripeRoom,
    call: StripeCall<Shape>,
  ): Promise<z.infer<Shape>> => {
    const result = await attempt(room, call);
    if (result.ok) return result.answer;
    throw sayCallFailure(makeVendor(room), call, result.failure);
  };
  return { attempt, ask };
}

export type StripeCaller = ReturnType<typeof makeStripeCaller>;
