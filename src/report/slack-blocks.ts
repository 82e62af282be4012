import type { JsonObject } from '../domain/json.ts';
import type { Piece } from './messages/write-message.ts';

/** Below Slack's own limits, so that a message is never refused for its length (ux 3.5, E-107). */
export const SLACK_LIMITS = {
  header: 120,
  section: 2800,
  context: 1800,
  blocks: 20,
  total: 9000,
  text: 2000,
} as const;

const CUT = '… the message was too long and is cut here.';

/** `words` within `max`, cut after a whole word. */
export function cutAtWord(words: string, max: number): string {
  if (words.length <= max) return words;
  const part = words.slice(0, max - 1);
  const space = part.lastIndexOf(' ');
  return `${part.slice(0, space > max / 2 ? space : part.length).trimEnd()}…`;
}

/** Whole lines within `max`; says so when some are missing. A line that is too long for itself is cut. */
export function cutAtLine(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept: string[] = [];
  let left = max - CUT.length - 1;
  for (const line of text.split('\n')) {
    if (line.length + 1 > left) break;
    kept.push(line);
    left -= line.length + 1;
  }
  return kept.length === 0 ? cutAtWord(text.replace(/\n/g, ' '), max) : `${kept.join('\n')}\n${CUT}`;
}

/** Chunks of whole lines, none longer than `max`. */
function splitAtLines(text: string, max: number): string[] {
  const chunks: string[] = [];
  let chunk = '';
  for (const line of text.split('\n').map((one) => cutAtWord(one, max))) {
    if (chunk !== '' && chunk.length + line.length + 1 > max) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk = chunk === '' ? line : `${chunk}\n${line}`;
  }
  return chunk === '' ? chunks : [...chunks, chunk];
}

const markup = (text: string): JsonObject => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string): JsonObject => ({ type: 'section', text: markup(text) });

const header = (title: string): JsonObject => ({
  type: 'header',
  text: { type: 'plain_text', text: cutAtWord(title, SLACK_LIMITS.header), emoji: false },
});

/** A list belongs to the line above it: both go into one section. */
function joinLists(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'list' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', written: `${last.written}\n${piece.written}` };
    else joined.push(piece);
  }
  return joined;
}

function writeBlocks(piece: Piece): JsonObject[] {
  if (piece.kind === 'rule') return [{ type: 'divider' }];
  if (piece.kind === 'small-print')
    return [{ type: 'context', elements: [markup(cutAtLine(piece.written, SLACK_LIMITS.context))] }];
  return splitAtLines(piece.written, SLACK_LIMITS.section).map(section);
}

/** Sections of a message that would have too many are joined into as few as hold their text. */
function fitCount(pieces: readonly Piece[], room: number): JsonObject[] {
  const blocks = pieces.flatMap(writeBlocks);
  if (blocks.length <= room) return blocks;
  const text = pieces
    .map((piece) => piece.written)
    .filter((written) => written !== '')
    .join('\n\n');
  return splitAtLines(text, SLACK_LIMITS.section).slice(0, room).map(section);
}

const lengthOf = (block: JsonObject): number => JSON.stringify(block.text ?? block.elements ?? '').length;

/** Blocks in order until the budget of a whole message is used up; then a line that says so. */
function fitTotal(blocks: readonly JsonObject[], budget: number): JsonObject[] {
  let left = budget - lengthOf(section(CUT));
  const kept = blocks.filter((block) => {
    left -= lengthOf(block);
    return left >= 0;
  });
  return kept.length === blocks.length ? kept : [...kept.slice(0, SLACK_LIMITS.blocks - 2), section(CUT)];
}

/** The blocks of a message: its title as header, then what follows. `title` is plain text. */
export function makeSlackBlocks(title: string | undefined, pieces: readonly Piece[]): readonly JsonObject[] {
  const firstTitle = pieces.findIndex((piece) => piece.kind === 'title');
  const rest = title === undefined ? pieces : pieces.filter((_, index) => index !== firstTitle);
  const head = title === undefined ? [] : [header(title)];
  const body = fitCount(joinLists(rest), SLACK_LIMITS.blocks - head.length);
  return [...head, ...fitTotal(body, SLACK_LIMITS.total - SLACK_LIMITS.header)];
}
