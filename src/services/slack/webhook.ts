import { seconds } from '../../domain/duration.ts';
import type { Surroundings } from '../surroundings.ts';
import { type makeMetadata, QUIET } from './payload.ts';
import type { SentMessage, SlackMessage } from './port.ts';
import { RateLimited, sendPatiently } from './rate-limit.ts';
import { slackNoRoute, slackRefused, slackTooBusy, slackUnreachable } from './refusals.ts';

type Fetch = typeof globalThis.fetch;

/** The SDK loses the headers of a 429, so Retry-After is read on the way. */
const watchForRateLimit =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    const answer = await fetch(url, init);
    if (answer.status !== 429) return answer;
    throw new RateLimited(Number(answer.headers.get('retry-after') ?? 1) || 1);
  };

const translate = (channel: string, error: unknown): Error => {
  const { statusCode, body, original } = error as { statusCode?: number; body?: string; original?: unknown };
  if (original instanceof RateLimited) return original;
  if (statusCode !== undefined) return slackRefused(channel, (body ?? '').trim(), statusCode);
  return slackUnreachable(channel, original ?? error);
};

/**
 * Posts by incoming webhook. Slack answers `ok` and nothing else: no thread, no later change. The SDK resolves any
 * 2xx page, a proxy's login page too, so everything but exactly `ok` is a failure.
 */
export function makeWebhookSender({ runbook, secrets, clock, fetch }: Surroundings) {
  const timeout = seconds(runbook.services.slack?.timeoutSeconds ?? 5);
  return async (
    channel: string,
    secret: string,
    message: SlackMessage,
    metadata: ReturnType<typeof makeMetadata>,
  ): Promise<SentMessage> => {
    const url = secrets.read(secret);
    if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url))
      throw slackNoRoute(
        channel,
        `${secret} is not a web address.`,
        `Put the webhook's address into ${secret}.`,
      );
    const { default: slack } = await import('@slack/webhook');
    const hook = new slack.IncomingWebhook(url, { timeout, fetch: watchForRateLimit(fetch) as never });
    const payload = {
      text: message.text,
      blocks: [...message.blocks] as never[],
      metadata,
      ...QUIET,
    };
    const sendOnce = async () => {
      try {
        return await hook.send(payload);
      } catch (error) {
        throw translate(channel, error);
      }
    };
    const { text } = await sendPatiently(clock, sendOnce).catch((error: unknown) => {
      throw error instanceof RateLimited ? slackTooBusy(channel, error.afterSeconds) : error;
    });
    if (text !== 'ok') throw slackRefused(channel, text);
    return { channel, transport: 'webhook' };
  };
}
