import type { JsonObject } from '../../../domain/json.ts';

const MAX_BLOCKS = 50;
/** Undocumented; seen as `msg_blocks_too_long` near this sum (slackapi/bolt-js 2509). */
const MAX_TOTAL = 13_200;

const lengthOf = (value: unknown): number => {
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text.length : 0;
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const within = (value: unknown, max: number): boolean => lengthOf(value) > 0 && lengthOf(value) <= max;

function isGoodSection(block: JsonObject): boolean {
  const fields = listOf(block.fields);
  if (block.text === undefined && fields.length === 0) return false;
  const isTextGood = block.text === undefined || within(block.text, 3000);
  return isTextGood && fields.length <= 10 && fields.every((field) => within(field, 2000));
}

function isGoodBlock(block: JsonObject): boolean {
  if (typeof block.block_id === 'string' && block.block_id.length > 255) return false;
  if (block.type === 'divider') return true;
  if (block.type === 'section') return isGoodSection(block);
  if (block.type === 'header')
    return (block.text as JsonObject | undefined)?.type === 'plain_text' && within(block.text, 150);
  if (block.type !== 'context') return false;
  const elements = listOf(block.elements);
  return elements.length > 0 && elements.length <= 10 && elements.every((one) => within(one, 3000));
}

const textOf = (block: JsonObject): number =>
  lengthOf(block.text) +
  [...listOf(block.fields), ...listOf(block.elements)].reduce<number>((n, one) => n + lengthOf(one), 0);

/** What Slack would say against these blocks; undefined when it would take them. */
export function refuseBlocks(
  blocks: readonly JsonObject[],
): 'invalid_blocks' | 'msg_blocks_too_long' | undefined {
  if (blocks.length > MAX_BLOCKS || !blocks.every(isGoodBlock)) return 'invalid_blocks';
  const total = blocks.reduce((sum, block) => sum + textOf(block), 0);
  return total > MAX_TOTAL ? 'msg_blocks_too_long' : undefined;
}
