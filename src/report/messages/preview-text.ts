import type { JsonObject } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import { widthOf } from '../display-width.ts';
import { SLACK_LIMITS } from '../slack-blocks.ts';
import { cutTo, padTo } from '../table.ts';
import type { FilledVariable } from './list-variables.ts';

/** A message as a person reads it before it is sent. */
export interface Preview {
  readonly to: string;
  readonly lines: readonly string[];
  readonly blocks?: readonly JsonObject[];
}

interface Screen {
  readonly columns: number;
  readonly ascii: boolean;
}

/** Lines no wider than `width`, broken between words. */
function wrap(line: string, width: number): readonly string[] {
  const indent = /^\s*(?:[^\p{L}\p{N}\s]+\s|\d+\.\s)?/u.exec(line)?.[0] ?? '';
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (row !== '' && widthOf(longer) > width) {
      rows.push(row);
      row = `${' '.repeat(widthOf(indent))}${word}`;
    } else row = longer;
  }
  return [...rows, row].map((one) => cutTo(one, width));
}

function frame(lines: readonly string[], { columns, ascii }: Screen): readonly string[] {
  const width = Math.max(20, Math.min(columns, 80) - 6);
  const side = ascii ? '|' : '│';
  const bar = (ascii ? '-' : '─').repeat(width + 2);
  const [left, right, low, lowRight] = ascii ? ['+', '+', '+', '+'] : ['┌', '┐', '└', '┘'];
  const rows = lines.flatMap((line) => wrap(line, width));
  return [
    `  ${left}${bar}${right}`,
    ...rows.map((row) => `  ${side} ${padTo(row, width)} ${side}`),
    `  ${low}${bar}${lowRight}`,
  ];
}

/** How much of Slack's room it takes, by our own limits below those of Slack (ux 3.5). */
function sayRoom(text: string, blocks: readonly JsonObject[]): string {
  const { text: most, blocks: mostBlocks } = SLACK_LIMITS;
  return `${text.length} of ${most} characters, ${blocks.length} of ${plural(mostBlocks, 'block')}`;
}

/** Where it goes, how long it is, and the message in a frame. */
export function sayPreview({ to, lines, blocks }: Preview, screen: Screen): string {
  const room = blocks === undefined ? [] : [`        ${sayRoom(lines.join('\n'), blocks)}`];
  return [`  to    ${to}`, ...room, ...frame(lines, screen)].join('\n');
}

const ORDER = ['argument', 'changelog', 'ledger', 'metrics', 'config', 'people', 'asked'] as const;

/** Without a value where there is nothing to say of it: no mistake of anybody. */
const EXTRAS: readonly string[] = [
  'late',
  'overdue',
  'code_later',
  'missing',
  'deadline',
  'not_held',
  'not_verified',
];
const isExtra = (name: string): boolean => name.startsWith('more_') || EXTRAS.includes(name);

/** How many variables came from where, and each that has no value, with the line that is left out for it. */
export function sayVariables(variables: readonly FilledVariable[], template: string): readonly string[] {
  const filled = variables.filter(({ value }) => value !== undefined);
  const missing = variables.filter(({ name, value }) => value === undefined && !isExtra(name));
  const counts = ORDER.map((source) => `${source} ${filled.filter((one) => one.source === source).length}`);
  const width = Math.max(0, ...missing.map(({ name }) => name.length));
  return [
    `  from ${counts.filter((one) => !one.endsWith(' 0')).join(' · ')} · missing ${missing.length}`,
    ...missing.map(
      ({ name, where, line }) =>
        `    ${padTo(name, width)}  ${where ? `(${where})  ` : ''}${line > 0 ? `left out: ${template}.md:${line}` : ''}`,
    ),
  ];
}
