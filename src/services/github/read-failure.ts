import { seconds } from '../../domain/duration.ts';
import { type CallFailure, readNetworkFailure } from '../call-failure.ts';
import { readRetryAfter } from '../retry.ts';

/** An answer of the API, read to its end. */
export interface GithubAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined for an empty body, `'text'` for one that is no JSON. */
  readonly body: unknown;
}

const RATE_LIMIT = /rate limit/i;

function sayBody(body: unknown): string {
  const { message, errors } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const details = Array.isArray(errors)
    ? errors.map((one) =>
        typeof one === 'string' ? one : ((one as { message?: unknown } | null)?.message ?? ''),
      )
    : [];
  return [message, ...details].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/**
 * Milliseconds that GitHub asks to wait: Retry-After, else the moment its hourly budget begins again, measured by its
 * own clock because ours may differ.
 */
function readPause(headers: Headers, now: Date): number | undefined {
  const theirs = Date.parse(headers.get('date') ?? '');
  const today = Number.isNaN(theirs) ? now : new Date(theirs);
  const asked = readRetryAfter(headers.get('retry-after'), today);
  if (asked !== undefined || headers.get('x-ratelimit-remaining') !== '0') return asked;
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? Math.max(0, seconds(reset) - today.getTime()) : undefined;
}

/** Both limits come as 403 or 429; told apart from a missing right by headers or words. */
const isRateLimit = ({ status, headers }: GithubAnswer, said: string): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0' || RATE_LIMIT.test(said)));

/** Reads an answer that is not 2xx. */
export function readRefusal(answer: GithubAnswer, now: Date): CallFailure {
  const { status, headers, body } = answer;
  // Unlike Neon's, GitHub's 503 does not say that nothing was done: a dispatch must not be sent again.
  if (status >= 500) return { kind: 'lost', why: `HTTP ${status}` };
  if (status < 400 || body === 'text') return { kind: 'garbled', status };
  const said = sayBody(body);
  const requestId = headers.get('x-github-request-id');
  const refused = { kind: 'refused', said, ...(requestId === null ? {} : { requestId }) } as const;
  if (!isRateLimit(answer, said)) return { ...refused, status };
  const retryAfterMs = readPause(headers, now);
  return { ...refused, status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

const isRedirect = (error: unknown): boolean =>
  (error as { cause?: { message?: unknown } } | undefined)?.cause?.message === 'unexpected redirect';

/** Reads what fetch threw. A redirect is GitHub's way to say that the repository was renamed; nothing was done then. */
export function readFetchFailure(error: unknown): CallFailure {
  if (!isRedirect(error)) return readNetworkFailure(error);
  const said = 'It answers with a redirect: the repository was renamed or moved.';
  return { kind: 'refused', status: 301, said };
}
