import type { Answer } from '../router.ts';
import type { SlackChannel, StoredMessage } from './message-store.ts';
import type { Room } from './room.ts';

const show = (message: StoredMessage, withMetadata: boolean) => ({
  type: 'message',
  ts: message.ts,
  text: message.text,
  blocks: message.blocks,
  ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
  ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
});

/** One page, with a cursor to the next; metadata only for those who ask for it. */
function page(all: readonly StoredMessage[], form: URLSearchParams): Answer {
  const start = Number(form.get('cursor') ?? 0);
  const limit = Math.min(Number(form.get('limit') ?? 100), 999);
  const hasMore = start + limit < all.length;
  const withMetadata = form.get('include_all_metadata') === 'true';
  return {
    status: 200,
    json: {
      ok: true,
      messages: all.slice(start, start + limit).map((message) => show(message, withMetadata)),
      has_more: hasMore,
      response_metadata: { next_cursor: hasMore ? String(start + limit) : '' },
    },
  };
}

const isSince = (oldest: number) => (message: StoredMessage) => Number(message.ts) > oldest;

/** Newest first, without replies, as Slack lists a channel. */
export function listHistory(room: Room, channel: SlackChannel, form: URLSearchParams): Answer {
  const own = room.store.messages.filter((one) => one.channelId === channel.id && one.thread === undefined);
  return page([...own].reverse().filter(isSince(Number(form.get('oldest') ?? 0))), form);
}

/** The parent and its replies, oldest first. */
export function listReplies(room: Room, channel: SlackChannel, form: URLSearchParams): Answer {
  const parent = room.store.find(channel.id, form.get('ts') ?? '');
  if (parent === undefined) return { status: 200, json: { ok: false, error: 'thread_not_found' } };
  const replies = room.store.messages.filter(
    (one) => one.channelId === channel.id && one.thread === parent.ts,
  );
  return page([parent, ...replies.filter(isSince(Number(form.get('oldest') ?? 0)))], form);
}
