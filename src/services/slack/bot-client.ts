import { seconds } from '../../domain/duration.ts';
import type { Surroundings } from '../surroundings.ts';
import { RateLimited, sendPatiently } from './rate-limit.ts';
import { slackRefused, slackTooBusy, slackUnreachable } from './refusals.ts';

type Answer = Readonly<Record<string, unknown>>;

/** One call of the Web API; resolves only for an answer that says ok. */
export type CallSlack = (channel: string, method: string, args: Record<string, unknown>) => Promise<Answer>;

/** The SDK's own logger writes to the terminal and would tear the progress list apart. */
const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'error',
  setName: () => {},
};

interface SlackFailure {
  readonly code?: string;
  readonly data?: { readonly error?: unknown };
  readonly statusCode?: number;
  readonly original?: unknown;
  readonly retryAfter?: number;
}

function translate(channel: string, error: unknown): Error {
  const failure = error as SlackFailure;
  if (failure.retryAfter !== undefined) return new RateLimited(failure.retryAfter);
  if (failure.data !== undefined) return slackRefused(channel, String(failure.data.error ?? ''));
  if (failure.statusCode !== undefined) return slackRefused(channel, 'http_error', failure.statusCode);
  // A 429 without a usable Retry-After is a plain error of the SDK.
  if (error instanceof Error && error.message.startsWith('Retry header')) return new RateLimited(1);
  return slackUnreachable(channel, failure.original ?? error);
}

/**
 * The Web API through the official client. Posts are sent once: Slack has no idempotency key, so the client's own
 * repetition can post twice (reliability 4.5). Reads are repeated twice.
 */
export function makeBotClient({ runbook, secrets, clock, fetch }: Surroundings, tokenName: string) {
  const { timeoutSeconds = 5, apiUrl = 'https://slack.com/api/' } = runbook.services.slack ?? {};
  const makeClient = async (retries: number) => {
    const { default: slack } = await import('@slack/web-api');
    return new slack.WebClient(secrets.read(tokenName), {
      slackApiUrl: apiUrl,
      timeout: seconds(timeoutSeconds),
      retryConfig: { retries, minTimeout: 300 },
      rejectRateLimitedCalls: true,
      logger: SILENT as never,
      fetch: fetch as never,
    });
  };
  const clients = new Map<number, ReturnType<typeof makeClient>>();
  const clientFor = (retries: number) => {
    const known = clients.get(retries) ?? makeClient(retries);
    clients.set(retries, known);
    return known;
  };
  const call =
    (retries: number): CallSlack =>
    async (channel, method, args) => {
      const client = await clientFor(retries);
      const callOnce = async (): Promise<Answer> => {
        try {
          return (await client.apiCall(method, args)) as unknown as Answer;
        } catch (error) {
          throw translate(channel, error);
        }
      };
      return sendPatiently(clock, callOnce).catch((error: unknown) => {
        throw error instanceof RateLimited ? slackTooBusy(channel, error.afterSeconds) : error;
      });
    };
  return { write: call(0), read: call(2) };
}
