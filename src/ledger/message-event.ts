import type { JsonObject } from '../domain/json.ts';

/** Where a message stands now. A webhook tells no `ts`. */
export interface SentTo {
  readonly channel: string;
  readonly transport: 'bot' | 'webhook' | 'mail' | 'file';
  readonly ts?: string;
  readonly channelId?: string;
}

/** What the events of messages that a person sends carry (`release notify`). */
export interface MessageEventData {
  /** Whoever recorded this sends that message to those channels, and nobody else. */
  'message.sending': {
    /** Random: tells two who begin at once apart. */
    readonly claim: string;
    readonly template: string;
    readonly version: string;
    readonly channels: readonly string[];
  };
  /** Where it went, and where it did not. With a `step` of a plan: a message of that run, sent again. */
  'message.sent': {
    readonly template: string;
    readonly version: string;
    readonly sent: readonly SentTo[];
    readonly missed: readonly string[];
    readonly by: string;
    /** What a person added. */
    readonly set?: JsonObject;
  };
}
