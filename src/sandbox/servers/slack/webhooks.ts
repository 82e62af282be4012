import type { JsonObject } from '../../../domain/json.ts';
import { type Answer, type Call, type Handler, route } from '../router.ts';
import type { SlackChannel } from './message-store.ts';
import { type Room, readContent } from './room.ts';

const say = (status: number, text: string, headers: Record<string, string> = {}): Answer => ({
  status,
  text,
  headers,
});

function readPayload(call: Call): JsonObject | undefined {
  if (!/^application\/json\b/.test(call.headers['content-type'] ?? '')) return undefined;
  try {
    const payload: unknown = JSON.parse(call.body.toString('utf8'));
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
      ? (payload as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Posts to its one channel and answers `ok`, with no `ts`: channel, user name and icon of the payload are ignored. */
function takeMessage(room: Room, channel: SlackChannel, call: Call): Answer {
  const wait = room.pace(channel.id);
  if (wait !== undefined) return say(429, 'rate_limited', { 'retry-after': String(wait) });
  const payload = readPayload(call);
  if (payload === undefined) return say(400, 'invalid_payload');
  const content = readContent(payload.text, payload.blocks);
  if ('refused' in content) return say(400, content.refused);
  const metadata = payload.metadata as JsonObject | undefined;
  room.store.add(channel, { ...content, via: 'webhook', ...(metadata ? { metadata } : {}) });
  return say(200, 'ok');
}

/** One route per channel that has a webhook. */
export const webhookRoutes = (room: Room, slow: (handler: Handler) => Handler) =>
  room.channels.flatMap((channel) =>
    channel.webhookPath === undefined
      ? []
      : [
          route(
            `POST ${channel.webhookPath}`,
            slow((call) => takeMessage(room, channel, call)),
          ),
        ],
  );

/** What Slack answers for a webhook that nobody made. */
export const noService: Answer = say(404, 'no_service');
