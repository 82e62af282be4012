import { seconds } from '../../domain/duration.ts';
import type { CallSlack } from './bot-client.ts';
import { isMarkedBy, makeMetadata, QUIET } from './payload.ts';
import type { MessageMarker, SentMessage, SlackMessage } from './port.ts';
import { slackRefused } from './refusals.ts';

interface Listed {
  readonly ts?: unknown;
  readonly metadata?: unknown;
}

const PAGE = 200;
// A release writes some dozens of messages; a channel with more than this in the searched time is not searched on.
const MOST_PAGES = 20;
/** Two machines' clocks may differ by this much (reliability 4.5). */
const SLACK_CLOCK = seconds(60);

const contentOf = (message: SlackMessage) => ({ text: message.text, blocks: message.blocks });

/** Posts into a channel or a thread, and returns where it stands. */
export async function postAsBot(
  write: CallSlack,
  to: { readonly channel: string; readonly id: string; readonly thread?: string },
  message: SlackMessage,
  marker: MessageMarker,
): Promise<SentMessage> {
  const { channel, id, thread } = to;
  const place = { channel: id, ...(thread === undefined ? {} : { thread_ts: thread }) };
  const args = { ...place, ...contentOf(message), metadata: makeMetadata(marker), ...QUIET };
  const answer = await write(channel, 'chat.postMessage', args);
  if (typeof answer.ts !== 'string') throw slackRefused(channel, 'an answer without ts');
  return { channel, transport: 'bot', ts: answer.ts, channelId: String(answer.channel ?? id) };
}

/** Rewrites a message of our own. */
export async function rewriteAsBot(
  write: CallSlack,
  sent: SentMessage,
  message: SlackMessage,
): Promise<void> {
  const args = { channel: sent.channelId, ts: sent.ts, ...contentOf(message), ...QUIET };
  await write(sent.channel, 'chat.update', args);
}

/** Looks through the channel, or through the replies of one message, for the marker. */
export async function findAsBot(
  read: CallSlack,
  at: { readonly channel: string; readonly id: string; readonly thread?: string },
  marker: MessageMarker,
  since: string,
): Promise<SentMessage | undefined> {
  const { channel, id, thread } = at;
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  const oldest = ((Date.parse(since) - SLACK_CLOCK) / 1000).toFixed(6);
  const where = {
    channel: id,
    oldest,
    limit: PAGE,
    include_all_metadata: true,
    ...(thread ? { ts: thread } : {}),
  };
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await read(channel, method, { ...where, ...(cursor ? { cursor } : {}) });
    if (!Array.isArray(answer.messages)) throw slackRefused(channel, 'an answer without messages');
    const hit = (answer.messages as readonly Listed[]).find((one) => isMarkedBy(one.metadata, marker));
    if (hit !== undefined) return { channel, transport: 'bot', ts: String(hit.ts), channelId: id };
    cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (cursor === '') return undefined;
  }
  throw slackRefused(channel, `more than ${PAGE * MOST_PAGES} messages since ${since}`);
}
