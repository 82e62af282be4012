import type { JsonObject } from '../../../domain/json.ts';

export interface SlackChannel {
  /** As people say it, without `#`. */
  readonly name: string;
  readonly id: string;
  /** Path of its incoming webhook; a channel without one can only be reached with the bot token. */
  readonly webhookPath?: string;
}

/** A message as the stand-in keeps it. */
export interface StoredMessage {
  readonly channel: string;
  readonly channelId: string;
  readonly ts: string;
  /** `ts` of the message it replies to. */
  readonly thread?: string;
  readonly at: Date;
  readonly via: 'bot' | 'webhook';
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly metadata?: JsonObject;
  /** What it said before `chat.update` rewrote it, oldest first. */
  readonly earlier: readonly { readonly text: string; readonly until: Date }[];
}

export type NewMessage = Pick<StoredMessage, 'via' | 'text' | 'blocks' | 'thread' | 'metadata'>;

const toTs = (micros: number): string =>
  `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;

/** Everything people were told, in the order it arrived. A `ts` is never given twice and never goes back. */
export class MessageStore {
  readonly messages: StoredMessage[] = [];
  private lastMicros = 0;
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  add(channel: SlackChannel, message: NewMessage): StoredMessage {
    const at = this.now();
    this.lastMicros = Math.max(at.getTime() * 1000, this.lastMicros + 1);
    const place = {
      channel: channel.name,
      channelId: channel.id,
      ts: toTs(this.lastMicros),
      at,
      earlier: [],
    };
    const stored = { ...message, ...place };
    this.messages.push(stored);
    return stored;
  }

  find(channelId: string, ts: string): StoredMessage | undefined {
    return this.messages.find((one) => one.channelId === channelId && one.ts === ts);
  }

  replace(old: StoredMessage, change: Pick<StoredMessage, 'text' | 'blocks'>): void {
    const earlier = [...old.earlier, { text: old.text, until: this.now() }];
    this.messages[this.messages.indexOf(old)] = { ...old, ...change, earlier };
  }
}
