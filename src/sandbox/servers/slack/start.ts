import { type Handler, type StandIn, startStandIn } from '../router.ts';
import { MessageStore, type SlackChannel, type StoredMessage } from './message-store.ts';
import { makePace, type PaceLimit } from './pace.ts';
import { makeSlackPage } from './page.ts';
import type { Room } from './room.ts';
import { sayTranscript } from './transcript.ts';
import { webApiRoute } from './web-api.ts';
import { noService, webhookRoutes } from './webhooks.ts';

export type { SlackChannel, StoredMessage } from './message-store.ts';

export interface SlackOptions {
  readonly token: string;
  readonly channels: readonly SlackChannel[];
  readonly port?: number;
  /** The sandbox's time, which stamps messages. Default: this machine's. */
  readonly now?: () => Date;
  readonly timezone?: string;
  /** Default: one message a second and channel, bursts of ten. */
  readonly pace?: PaceLimit;
  readonly scopes?: readonly string[];
  /** Name by member id, for the page: Slack shows no ids. */
  readonly members?: Readonly<Record<string, string>>;
}

/** The Slack of the sandbox: everything sent to it is kept and can be read as people would see it. */
export interface SlackStandIn extends StandIn {
  messages(): readonly StoredMessage[];
  /** By channel, replies indented below their message, in sandbox time. */
  asText(): string;
  /** The same as a page that needs nothing else. */
  asPage(): string;
  /** Every answer takes this long from now on; 0 ends it. */
  slowDown(ms: number): void;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts the stand-in with its webhooks under `/services/` and the Web API under `/api/`. */
export async function startSlack(options: SlackOptions): Promise<SlackStandIn> {
  const now = options.now ?? (() => new Date());
  const store = new MessageStore(now);
  const timezone = options.timezone ?? 'UTC';
  const room: Room = {
    store,
    channels: options.channels,
    token: options.token,
    scopes: options.scopes ?? ['chat:write', 'chat:write.public', 'channels:history'],
    pace: makePace(options.pace ?? { perSecond: 1, burst: 10 }, () => now().getTime()),
  };
  const channelNames = Object.fromEntries(options.channels.map(({ id, name }) => [id, name]));
  const names = { ...options.members, ...channelNames };
  let slowMs = 0;
  const slow =
    (handler: Handler): Handler =>
    async (call) => {
      if (slowMs > 0) await wait(slowMs);
      return handler(call);
    };
  const routes = [...webhookRoutes(room, slow), webApiRoute(room, slow)];
  const server = await startStandIn(routes, {
    ...(options.port === undefined ? {} : { port: options.port }),
    missing: () => noService,
  });
  return {
    ...server,
    messages: () => store.messages,
    asText: () => sayTranscript(store.messages, timezone),
    asPage: () => makeSlackPage(store.messages, timezone, names),
    slowDown: (ms) => {
      slowMs = ms;
    },
  };
}
