import type * as z from 'zod';
import {
  type CallFailure,
  type CallName,
  readNetworkFailure,
  sayCallFailure,
  type Vendor,
} from '../call-failure.ts';
import { limitAnswers } from '../limit-answer.ts';
import { type Attempt, callPatiently, readRetryAfter } from '../retry.ts';
import type { Surroundings } from '../surroundings.ts';

/** One call: how people would call it, what to send, and the shape its answer must have. */
export interface PageCall<Shape extends z.ZodType> extends CallName {
  readonly address: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly shape: Shape;
  readonly signal?: AbortSignal | undefined;
}

/** A hundred incidents with all their updates stay far below this (F57). */
const LARGEST_ANSWER = 8_000_000;
/** Statuspage's own number for "too many requests", beside the usual one. */
const CALM_DOWN = 420;

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : 'text';
  }
}

const wordsOf = (body: unknown): string => {
  const { error, message } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  return [error, message]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(' · ');
};

/** Any 5xx may come after the incident was made, so that it counts as a lost answer. */
function readRefusal(answer: Response, body: unknown, now: Date): CallFailure {
  const { status, headers } = answer;
  if (status >= 500) return { kind: 'lost', why: `HTTP ${status}` };
  if (status < 400) return { kind: 'garbled', status };
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), now);
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { kind: 'refused', status: status === CALM_DOWN ? 429 : status, said: wordsOf(body), ...pause };
}

async function send<Shape extends z.ZodType>(
  { fetch, clock }: Surroundings,
  call: PageCall<Shape>,
): Promise<Attempt<z.infer<Shape>>> {
  const answer = await limitAnswers(fetch, LARGEST_ANSWER)(call.address, {
    method: call.method,
    headers: { accept: 'application/json', 'user-agent': 'release-runbook', ...call.headers },
    ...(call.body === undefined ? {} : { body: call.body }),
    signal: AbortSignal.any([...(call.signal ? [call.signal] : []), AbortSignal.timeout(call.timeoutMs)]),
  });
  const body = readBody(await answer.text());
  if (!answer.ok) return { ok: false, failure: readRefusal(answer, body, clock.now()) };
  const read = call.shape.safeParse(body);
  if (read.success) return { ok: true, answer: read.data };
  return { ok: false, failure: { kind: 'garbled', status: answer.status } };
}

/** Sends a call by the retry table; throws ReleaseErrors alone. A write whose answer was lost is never sent again. */
export async function callPage<Shape extends z.ZodType>(
  surroundings: Surroundings,
  vendor: Vendor,
  call: PageCall<Shape>,
): Promise<z.infer<Shape>> {
  const tryOnce = async (): Promise<Attempt<z.infer<Shape>>> => {
    try {
      return await send(surroundings, call);
    } catch (error) {
      return { ok: false, failure: readNetworkFailure(error) };
    }
  };
  const attempt = await callPatiently(surroundings.clock, call.effect, tryOnce);
  if (attempt.ok) return attempt.answer;
  throw sayCallFailure(vendor, call, attempt.failure);
}

/** How a page's refusals are told. */
export const makePageVendor = (name: string, keyName: string, key: string): Vendor => ({
  name,
  keyName,
  key,
  codes: {
    key: 'E_STATUS_PAGE_KEY',
    refused: 'E_STATUS_PAGE_REFUSED',
    busy: 'E_STATUS_PAGE_BUSY',
    unreachable: 'E_STATUS_PAGE_UNREACHABLE',
  },
});
