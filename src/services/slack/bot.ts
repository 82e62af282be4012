import { seconds } from '../../domain/duration.ts';
import type { CallSlack } from './bot-client.ts';
import { isMarkedBy, type makeMetadata, QUIET, readCarried } from './payload.ts';
import type { CarriedMessage, MessageMarker, SentMessage, SlackMessage } from './port.ts';
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
  metadata: ReturnType<typeof makeMetadata>,
): Promise<SentMessage> {
  const { channel, id, thread } = to;
  const place = { channel: id, ...(thread === undefined ? {} : { thread_ts: thread }) };
  const args = { ...place, ...contentOf(message), metadata, ...QUIET };
  const answer = await write(channel, 'chat.postMessage', args);
  if (typeof answer.ts !== 'string') throw slackRefused(channel, 'an answer without ts');
  return { channel, transport: 'bot', ts: answer.ts, channelId: String(answer.channel ?? id) };
}

/** What the token may do. The client puts Slack's header into the answer. */
export async function readScopes(read: CallSlack): Promise<readonly string[]> {
  const { response_metadata: told } = await read('', 'auth.test', {});
  const { scopes } = (told ?? {}) as { scopes?: unknown };
  if (!Array.isArray(scopes)) throw slackRefused('', 'an answer without scopes');
  return scopes.map(String);
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

type Place = { readonly channel: string; readonly id: string; readonly thread?: string };

/** The messages of the channel, or of one thread, page by page. Throws E_SLACK_REFUSED when there is no end of them. */
async function* listPages(read: CallSlack, at: Place, since: string): AsyncGenerator<readonly Listed[]> {
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
    yield answer.messages as readonly Listed[];
    cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (cursor === '') return;
  }
  throw slackRefused(channel, `more than ${PAGE * MOST_PAGES} messages since ${since}`);
}

/** Looks through the channel, or through the replies of one message, for the marker. */
export async function findAsBot(
  read: CallSlack,
  at: Place,
  marker: MessageMarker,
  since: string,
): Promise<SentMessage | undefined> {
  const { channel, id } = at;
  for await (const messages of listPages(read, at, since)) {
    const hit = messages.find((one) => isMarkedBy(one.metadata, marker));
    if (hit !== undefined) return { channel, transport: 'bot', ts: String(hit.ts), channelId: id };
  }
  return undefined;
}

/** Our own messages there, newest first: a channel is listed so, a thread the other way round. */
export async function recallAsBot(
  read: CallSlack,
  at: Place,
  since: string,
): Promise<readonly CarriedMessage[]> {
  const found: CarriedMessage[] = [];
  for await (const messages of listPages(read, at, since))
    for (const { ts, metadata } of messages) found.push(...[readCarried(ts, metadata) ?? []].flat());
  return found.sort((a, b) => Number(b.ts) - Number(a.ts));
}
