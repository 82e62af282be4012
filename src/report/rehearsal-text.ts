import { sayDuration } from '../domain/duration.ts';
import type {
  PartOutcome,
  RehearsalOutcome,
  RehearsedPart,
  RollbackRehearsal,
} from '../domain/rollback-rehearsal/rollback-rehearsal.ts';
import { oneLine } from '../domain/screen-text.ts';
import { glyph, glyphWidth } from './glyphs.ts';
import type { Look } from './look.ts';
import { padTo, wrapWords } from './table.ts';
import { sayHead } from './verdict-text.ts';

/** Where it was rehearsed. */
interface Place {
  readonly env: string;
  readonly url: string;
  readonly isProtected: boolean;
}

const MARKS = { ok: 'pass', not: 'fail', unknown: 'unknown' } as const;
const NAME_WIDTH = 9;
const LONGEST = 700;

const paintBy = (outcome: PartOutcome, { paint }: Look): ((text: string) => string) =>
  ({ ok: paint.good, not: paint.bad, unknown: paint.warn })[outcome];

function sayPart(
  { name, outcome, said, remedy, tookMs, notTried = [] }: RehearsedPart,
  look: Look,
): string[] {
  const mark = padTo(glyph(MARKS[outcome], look.ascii), glyphWidth(look.ascii));
  const margin = ' '.repeat(glyphWidth(look.ascii) + NAME_WIDTH + 4);
  const took = name === 'time' ? '' : `, ${sayDuration(tookMs)}`;
  const room = look.columns - margin.length;
  const [first = '', ...rest] = wrapWords(oneLine(`${said}${took}`, LONGEST), room);
  const more =
    outcome === 'ok' || remedy === undefined ? [] : wrapWords(oneLine(`fix: ${remedy}`, LONGEST), room);
  const left =
    notTried.length === 0
      ? []
      : wrapWords(`not tried: ${notTried.join('; ')}`, room).map((line) => look.paint.dim(line));
  const head = `  ${paintBy(outcome, look)(mark)} ${padTo(name, NAME_WIDTH)} ${first}`;
  return [head, ...[...rest, ...more, ...left].map((line) => `${margin}${line}`)];
}

const WORDS: Readonly<Record<RehearsalOutcome, string>> = {
  proven: 'PROVEN',
  'not-proven': 'NOT PROVEN',
  unknown: 'NOT KNOWN',
};

function sayOutcome({ outcome, from, to, estimateMs, because }: RollbackRehearsal, look: Look): string[] {
  const { paint } = look;
  const loud = { proven: paint.good, 'not-proven': paint.bad, unknown: paint.warn }[outcome];
  const word = WORDS[outcome];
  const margin = ' '.repeat(word.length + 5);
  const proven = `rollback from ${from} to ${to} would take about ${sayDuration(estimateMs)}`;
  const why = outcome === 'proven' ? proven : because;
  const [first = '', ...rest] = wrapWords(oneLine(why, LONGEST), look.columns - margin.length);
  return [`  ${paint.bold(loud(word))}   ${first}`, ...rest.map((line) => `${margin}${line}`)];
}

/** What a rehearsal of a rollback found, part by part: 80 columns. */
export function writeRehearsal(
  record: RollbackRehearsal,
  parts: readonly RehearsedPart[],
  { env, url, isProtected }: Place,
  look: Look,
): string {
  const title = `rehearsed  ${record.from} → ${record.to}`;
  return [
    sayHead(title, env, url, isProtected, look),
    '',
    ...parts.flatMap((part) => sayPart(part, look)),
    '',
    ...sayOutcome(record, look),
  ].join('\n');
}

interface PlannedRehearsal {
  readonly from: string;
  readonly to: string;
  readonly isLive: boolean;
  readonly pending: readonly string[];
  readonly back: readonly string[];
  readonly lsn?: string;
}

/** What a rehearsal would try, before it tries it. */
export function writeRehearsalPlan(planned: PlannedRehearsal, env: string): string {
  const { from, to, isLive, pending, back, lsn } = planned;
  const up = pending.length === 0 ? '' : `apply ${pending.join(', ')}; then `;
  const down = back.length === 0 ? '' : `take back ${back.join(', ')}`;
  const data = lsn === undefined ? `${up}${down}` : `${up}restore to ${lsn}`;
  const lines: readonly (readonly [string, string])[] = [
    ['code', `restore commit of ${to} in a clone of our own; ask the remote, push nothing`],
    [
      'database',
      data === '' ? 'no migration lies between: nothing to try' : `on a branch of its own: ${data}`,
    ],
    ['services', 'ask whether they answer; switch nothing'],
    ['messages', 'render each; send none'],
  ];
  const margin = ' '.repeat(13);
  return [
    `release rollback --rehearse   ${from} (${isLive ? 'live' : 'still to be deployed'}) → ${to}   ${env}`,
    '',
    ...lines.flatMap(([label, text]) =>
      wrapWords(text, 80 - margin.length).map(
        (line, i) => `  ${i === 0 ? padTo(label, 10) : ' '.repeat(10)} ${line}`,
      ),
    ),
  ].join('\n');
}
