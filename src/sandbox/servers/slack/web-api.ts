import type { JsonObject } from '../../../domain/json.ts';
import { type Answer, type Call, type Handler, route } from '../router.ts';
import { listHistory, listReplies } from './history.ts';
import type { SlackChannel } from './message-store.ts';
import { type Room, readContent } from './room.ts';

type Form = URLSearchParams;

/** The Web API says no with HTTP 200. */
const refuse = (error: string): Answer => ({ status: 200, json: { ok: false, error } });

const readJson = (text: string | null): unknown => {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const findChannel = (room: Room, form: Form): SlackChannel | undefined => {
  const wanted = (form.get('channel') ?? '').replace(/^#/, '');
  return room.channels.find((one) => one.id === wanted || one.name === wanted);
};

function readMetadata(form: Form): JsonObject | undefined | 'bad' {
  const value = readJson(form.get('metadata'));
  if (value === undefined) return undefined;
  const { event_type: type, event_payload: payload } = (value ?? {}) as JsonObject;
  return typeof type === 'string' && typeof payload === 'object' ? (value as JsonObject) : 'bad';
}

function postMessage(room: Room, channel: SlackChannel, form: Form): Answer {
  const wait = room.pace(channel.id);
  if (wait !== undefined)
    return {
      status: 429,
      headers: { 'retry-after': String(wait) },
      json: { ok: false, error: 'ratelimited' },
    };
  const content = readContent(form.get('text'), readJson(form.get('blocks')));
  if ('refused' in content) return refuse(content.refused);
  const metadata = readMetadata(form);
  if (metadata === 'bad') return refuse('invalid_metadata_format');
  const thread = form.get('thread_ts');
  if (thread !== null && room.store.find(channel.id, thread) === undefined) return refuse('thread_not_found');
  const extra = { ...(thread === null ? {} : { thread }), ...(metadata ? { metadata } : {}) };
  const stored = room.store.add(channel, { ...content, via: 'bot', ...extra });
  return {
    status: 200,
    json: { ok: true, channel: channel.id, ts: stored.ts, message: { text: stored.text, ts: stored.ts } },
  };
}

function updateMessage(room: Room, channel: SlackChannel, form: Form): Answer {
  const old = room.store.find(channel.id, form.get('ts') ?? '');
  if (old === undefined) return refuse('message_not_found');
  if (old.via !== 'bot') return refuse('cant_update_message');
  const content = readContent(form.get('text'), readJson(form.get('blocks')));
  if ('refused' in content) return refuse(content.refused);
  room.store.replace(old, content);
  return { status: 200, json: { ok: true, channel: channel.id, ts: old.ts, text: content.text } };
}

const testAuth = (room: Room): Answer => ({
  status: 200,
  headers: { 'x-oauth-scopes': room.scopes.join(',') },
  json: {
    ok: true,
    team: 'Sandbox',
    team_id: 'T0SANDBOX',
    user: 'release',
    user_id: 'U0RELEASE',
    bot_id: 'B0RELEASE',
  },
});

type Method = (room: Room, channel: SlackChannel, form: Form) => Answer;

const METHODS: Readonly<Record<string, { readonly scope: string; readonly method: Method }>> = {
  'chat.postMessage': { scope: 'chat:write', method: postMessage },
  'chat.update': { scope: 'chat:write', method: updateMessage },
  'conversations.history': { scope: 'channels:history', method: listHistory },
  'conversations.replies': { scope: 'channels:history', method: listReplies },
};

/** `POST /api/:method` with a form body, a bearer token and HTTP 200 for every refusal but a rate limit. */
function answerMethod(room: Room, call: Call): Answer {
  const name = call.params.method ?? '';
  const form = new URLSearchParams(call.body.toString('utf8'));
  const token = call.headers.authorization?.replace(/^Bearer /, '') ?? form.get('token');
  if (!token) return refuse('not_authed');
  if (token !== room.token) return refuse('invalid_auth');
  if (name === 'auth.test') return testAuth(room);
  const known = METHODS[name];
  if (known === undefined) return refuse('unknown_method');
  if (!room.scopes.includes(known.scope)) return refuse('missing_scope');
  const channel = findChannel(room, form);
  return channel === undefined ? refuse('channel_not_found') : known.method(room, channel, form);
}

export const webApiRoute = (room: Room, slow: (handler: Handler) => Handler) =>
  route(
    'POST /api/:method',
    slow((call) => answerMethod(room, call)),
  );
