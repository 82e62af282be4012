import type { JsonObject } from '../../../domain/json.ts';
import { refuseBlocks } from './block-limits.ts';
import type { MessageStore, SlackChannel } from './message-store.ts';

/** What both doors of the stand-in, webhook and Web API, share. */
export interface Room {
  readonly store: MessageStore;
  readonly channels: readonly SlackChannel[];
  readonly token: string;
  readonly scopes: readonly string[];
  /** Seconds to wait, when the channel had too many messages. */
  readonly pace: (channel: string) => number | undefined;
}

/** Slack cuts longer texts without a word. */
const MAX_TEXT = 40_000;

const isBlockList = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);

/** Text and blocks of a message, or the word Slack refuses them with. */
export function readContent(
  text: unknown,
  blocks: unknown,
): { readonly refused: string } | { readonly text: string; readonly blocks: readonly JsonObject[] } {
  const list = blocks ?? [];
  if (!isBlockList(list)) return { refused: 'invalid_blocks' };
  const said = typeof text === 'string' ? text.slice(0, MAX_TEXT) : '';
  if (said === '' && list.length === 0) return { refused: 'no_text' };
  const refused = refuseBlocks(list);
  return refused === undefined ? { text: said, blocks: list } : { refused };
}
