import type { JsonObject } from '../../domain/json.ts';

export interface SlackMessage {
  /** The whole message as plain text; screen readers read only this. */
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

/** Where a message went. A webhook answers no `ts`, so it cannot be threaded or updated. */
export interface SentMessage {
  readonly channel: string;
  readonly transport: 'bot' | 'webhook';
  readonly ts?: string;
  readonly channelId?: string;
}

/** Planted with a message so that it can be found again when the answer was lost. */
export interface MessageMarker {
  readonly run: string;
  readonly step: string;
}

/** A message of ours, with what it carries unseen. */
export interface CarriedMessage extends MessageMarker {
  readonly ts: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface SlackPort {
  /** Transport of a configured channel name; undefined for an unknown one. */
  transport(channel: string): 'bot' | 'webhook' | undefined;
  /** `facts` travel with the message, unseen; there is no secret in them. */
  post(
    channel: string,
    message: SlackMessage,
    marker: MessageMarker,
    thread?: string,
    facts?: Readonly<Record<string, string>>,
  ): Promise<SentMessage>;
  /** What the bot token may do, as Slack says; undefined without a token. */
  scopes(): Promise<readonly string[] | undefined>;
  update(sent: SentMessage, message: SlackMessage): Promise<void>;
  /**
   * The message with this marker, sought since `since` (ISO), in the channel or, with `thread`, among its replies.
   * Undefined for a webhook channel: it cannot tell.
   */
  find(
    channel: string,
    marker: MessageMarker,
    since: string,
    thread?: string,
  ): Promise<SentMessage | undefined>;
  /**
   * Our messages since `since` (ISO) with their facts, newest first, in the channel or, with `thread`, in that thread.
   * None for a webhook channel.
   */
  recall(channel: string, since: string, thread?: string): Promise<readonly CarriedMessage[]>;
}
