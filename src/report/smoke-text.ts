import { sayDuration } from '../domain/duration.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { EndpointState } from '../domain/smoke.ts';
import { glyph, glyphWidth, type Mark } from './glyphs.ts';
import { cutTo, padTo } from './table.ts';
import { type Look, sayHead } from './verdict-text.ts';

/** One endpoint as the smoke tests report it. */
interface EndpointSeen {
  readonly endpoint: string;
  readonly state: EndpointState;
  readonly n: number;
  readonly errors: number;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
  readonly said: string;
  readonly limits: { readonly p95Ms: number; readonly maxMs: number; readonly errorPercent: number };
}

/** The smoke tests, ready to be told. */
export interface SmokeStory {
  readonly title: string;
  readonly env: string;
  readonly url: string;
  readonly isProtected: boolean;
  readonly call: 'go' | 'hold' | 'no-go';
  readonly requests: number;
  readonly tookMs: number;
  readonly endpoints: readonly EndpointSeen[];
  readonly left: readonly string[];
}

const MARKS: Readonly<Record<EndpointState, Mark>> = {
  pass: 'pass',
  close: 'warn',
  fail: 'fail',
  unknown: 'unknown',
  skip: 'skip',
};
const CALL = { go: 'HEALTHY', hold: 'INCONCLUSIVE', 'no-go': 'FAILED' } as const;
const NAME_WIDTH = 36;

const number = (value: number | null): string => (value === null ? '–' : String(value));
const cell = (text: string, width: number): string => text.padStart(width);

const HEAD = `${'endpoint'.padEnd(NAME_WIDTH)}   n  p95 ms limit  max  limit  errors limit`;

function sayEndpoint(seen: EndpointSeen, look: Look): string[] {
  const { state, n, errors, p95Ms, maxMs, limits } = seen;
  const mark = padTo(glyph(MARKS[state], look.ascii), glyphWidth(look.ascii));
  const painted =
    state === 'pass'
      ? look.paint.good(mark)
      : state === 'fail'
        ? look.paint.bad(mark)
        : look.paint.warn(mark);
  const share = n === 0 ? '–' : `${Math.round((errors / n) * 1000) / 10} %`;
  const figures = [
    cell(String(n), 4),
    cell(number(p95Ms), 8),
    cell(String(limits.p95Ms), 6),
    cell(number(maxMs), 5),
    cell(String(limits.maxMs), 6),
    cell(share, 7),
    cell(`${limits.errorPercent} %`, 6),
  ].join('');
  const line = `  ${painted} ${padTo(cutTo(seen.endpoint, NAME_WIDTH - 4), NAME_WIDTH - 4)}${figures}`;
  return state === 'pass'
    ? [line]
    : [line, look.paint.dim(`      ${cutTo(oneLine(seen.said, 200), look.columns - 8)}`)];
}

const count = (endpoints: readonly EndpointSeen[], state: EndpointState): number =>
  endpoints.filter((one) => one.state === state).length;

function sayCounts({ endpoints }: SmokeStory): string {
  const words: readonly (readonly [EndpointState, string])[] = [
    ['fail', 'failed'],
    ['unknown', 'not known'],
    ['close', 'close to a limit'],
    ['pass', 'as expected'],
    ['skip', 'left out'],
  ];
  return words
    .filter(([state]) => count(endpoints, state) > 0)
    .map(([state, word]) => `${count(endpoints, state)} ${word}`)
    .join(' · ');
}

/** The screen of `release smoke`: n, P95, max and errors of each endpoint beside its limits (ux 2.12). */
export function saySmoke(story: SmokeStory, look: Look): string {
  const { paint } = look;
  const colored = story.call === 'go' ? paint.good : story.call === 'hold' ? paint.warn : paint.bad;
  const left = story.left.map((one) => `  ▲ could not be deleted: ${one}`);
  return [
    sayHead(story.title, story.env, story.url, story.isProtected, look),
    '',
    paint.dim(`  ${HEAD}`),
    ...story.endpoints.flatMap((one) => sayEndpoint(one, look)),
    '',
    `  ${paint.bold(colored(CALL[story.call]))}   ${sayCounts(story)}   ${sayDuration(story.tookMs)} · ${plural(story.requests, 'request')}`,
    ...left,
  ].join('\n');
}
