import * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { type CallFailure, readNetworkFailure, sayCallFailure, type Vendor } from '../call-failure.ts';
import { limitAnswers } from '../limit-answer.ts';
import { type Attempt, callPatiently, readRetryAfter } from '../retry.ts';
import type { Surroundings } from '../surroundings.ts';

type Settings = NonNullable<Surroundings['runbook']['services']['pagerduty']>;

/** A hundred entries with all their people stay far below this (F57). */
const LARGEST_ANSWER = 4_000_000;

const moment = z.iso.datetime({ offset: true }).nullish();
const pageShape = z.object({
  oncalls: z.array(
    z.object({
      user: z
        .object({
          id: z.string(),
          summary: z.string().nullish(),
          name: z.string().nullish(),
          email: z.string().nullish(),
        })
        .nullish(),
      escalation_level: z.number().nullish(),
      start: moment,
      end: moment,
    }),
  ),
  more: z.boolean(),
});

export type OnCallPage = z.infer<typeof pageShape>;

function readToken({ secrets }: Surroundings, { token }: Settings): string {
  const value = secrets.read(token);
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new ReleaseError('E_PAGERDUTY_KEY', {
    what: `${token} holds characters that no token has, like a space or a line end.`,
    next: `Put the token alone into ${token}.`,
    state: 'untouched',
  });
}

const vendorOf = (keyName: string, key: string): Vendor => ({
  name: 'PagerDuty',
  keyName,
  key,
  codes: {
    key: 'E_PAGERDUTY_KEY',
    refused: 'E_PAGERDUTY_REFUSED',
    busy: 'E_PAGERDUTY_BUSY',
    unreachable: 'E_PAGERDUTY_UNREACHABLE',
  },
});

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `{ "error": { "message": …, "errors": [ … ] } }`, and whatever else somebody put there. */
function wordsOf(body: unknown): string {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: unknown };
  const { message, errors } = (typeof error === 'object' && error !== null ? error : { message: error }) as {
    message?: unknown;
    errors?: unknown;
  };
  return [message, errors]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(' · ');
}

/** PagerDuty says in `ratelimit-reset` how many seconds its limit lasts; a proxy before it says Retry-After. */
function readRefusal({ status, headers }: Response, body: unknown, now: Date): CallFailure {
  if (status >= 500) return { kind: 'lost', why: `HTTP ${status}` };
  if (status < 400) return { kind: 'garbled', status };
  const asked = headers.get('ratelimit-reset') ?? headers.get('retry-after');
  const retryAfterMs = readRetryAfter(asked, now);
  return {
    ...{ kind: 'refused', status, said: wordsOf(body) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

async function send(
  { fetch, clock }: Surroundings,
  address: string,
  key: string,
  signal: AbortSignal,
): Promise<Attempt<OnCallPage>> {
  const answer = await limitAnswers(fetch, LARGEST_ANSWER)(address, {
    headers: {
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: `Token token=${key}`,
      'user-agent': 'release-runbook',
    },
    signal,
  });
  const body = readBody(await answer.text());
  if (!answer.ok) return { ok: false, failure: readRefusal(answer, body, clock.now()) };
  const read = pageShape.safeParse(body);
  if (read.success) return { ok: true, answer: read.data };
  return { ok: false, failure: { kind: 'garbled', status: answer.status } };
}

/** One page of `GET /oncalls`, by the retry table; throws ReleaseErrors alone. */
export async function askOnCalls(
  surroundings: Surroundings,
  settings: Settings,
  query: URLSearchParams,
  signal: AbortSignal | undefined,
): Promise<OnCallPage> {
  const key = readToken(surroundings, settings);
  const address = `${settings.apiUrl.replace(/\/$/, '')}/oncalls?${query}`;
  const until = (): AbortSignal =>
    AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(seconds(settings.timeoutSeconds))]);
  const tryOnce = async (): Promise<Attempt<OnCallPage>> => {
    try {
      return await send(surroundings, address, key, until());
    } catch (error) {
      return { ok: false, failure: readNetworkFailure(error) };
    }
  };
  const attempt = await callPatiently(surroundings.clock, 'read', tryOnce);
  if (attempt.ok) return attempt.answer;
  const call = { doing: 'say who is on call', effect: 'read' } as const;
  throw sayCallFailure(vendorOf(settings.token, key), call, attempt.failure);
}
