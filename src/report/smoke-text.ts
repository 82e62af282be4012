import { sayDuration } from '../domain/duration.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { EndpointState } from '../domain/smoke/judge-endpoint.ts';
import { glyph, glyphWidth, type Mark } from './glyphs.ts';
import { type DataStory, sayData } from './smoke-data-text.ts';
import { cutTo, padTo, wrapWords } from './table.ts';
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
  /** `watch`: so few samples do not judge it. */
  readonly p95Judged: 'here' | 'watch';
  readonly errorVerdict: 'pass' | 'fail' | 'watch';
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
  /** What was left there on purpose. */
  readonly kept: readonly string[];
  readonly data: DataStory;
}

const MARKS: Readonly<Record<EndpointState, Mark>> = {
  pass: 'pass',
  close: 'warn',
  fail: 'fail',
  unknown: 'unknown',
  skip: 'skip',
};
const CALL = { go: 'HEALTHY', hold: 'INCONCLUSIVE', 'no-go': 'FAILED' } as const;
/** Figures of an endpoint and how wide each is, a space before it included. */
const FIGURES = [
  ['n', 4],
  ['p95 ms', 8],
  ['limit', 6],
  ['max', 6],
  ['limit', 6],
  ['errors', 7],
  ['limit', 6],
] as const;
const FIGURES_WIDTH = FIGURES.reduce((sum, [, width]) => sum + width, 0);

const number = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));
const align = (cells: readonly string[]): string =>
  FIGURES.map(([, width], i) => (cells[i] ?? '').padStart(width)).join('');
const cutMark = ({ ascii }: Look): string => (ascii ? '...' : '…');

/** Columns that the sign and the name of an endpoint share; the figures take the rest. */
const nameColumns = (look: Look): number => look.columns - 2 - FIGURES_WIDTH;

/** Where a name has less room the figures stand below it, each with its limit. */
const isNarrow = (look: Look): boolean => nameColumns(look) < 30;

const sayTitles = (look: Look): string[] =>
  isNarrow(look)
    ? []
    : [look.paint.dim(`  ${'endpoint'.padEnd(nameColumns(look))}${align(FIGURES.map(([title]) => title))}`)];

const sayBelow = ([n, p95, p95Limit, max, maxLimit, errors, errorLimit]: readonly string[], look: Look) =>
  wrapWords(
    `n ${n} · p95 ${p95} ms (limit ${p95Limit}) · max ${max} ms (limit ${maxLimit}) · errors ${errors} (limit ${errorLimit})`,
    look.columns - 6,
  ).map((line) => `      ${line}`);

function sayEndpoint(seen: EndpointSeen, look: Look): string[] {
  const { state, n, errors, p95Ms, p95Judged, maxMs, limits } = seen;
  const mark = padTo(glyph(MARKS[state], look.ascii), glyphWidth(look.ascii));
  const painted =
    state === 'pass'
      ? look.paint.good(mark)
      : state === 'fail'
        ? look.paint.bad(mark)
        : look.paint.warn(mark);
  const share = n === 0 ? '–' : `${Math.round((errors / n) * 1000) / 10} %`;
  const figures = [
    String(n),
    number(p95Judged === 'watch' ? null : p95Ms),
    String(limits.p95Ms),
    number(maxMs),
    String(limits.maxMs),
    share,
    `${limits.errorPercent} %`,
  ];
  const wrong = state === 'pass' ? '' : oneLine(seen.said, 200);
  const said = isNarrow(look)
    ? wrapWords(wrong, look.columns - 6)
    : [cutTo(wrong, look.columns - 8, cutMark(look))];
  const more = said.filter(Boolean).map((line) => look.paint.dim(`      ${line}`));
  if (isNarrow(look)) return [`  ${painted} ${oneLine(seen.endpoint)}`, ...sayBelow(figures, look), ...more];
  const room = nameColumns(look) - glyphWidth(look.ascii) - 1;
  return [
    `  ${painted} ${padTo(cutTo(seen.endpoint, room - 1, cutMark(look)), room)}${align(figures)}`,
    ...more,
  ];
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

/** One thing that is still there: a person has to delete it, or wanted it. */
function sayStays(words: string, what: string, look: Look): string[] {
  const sign = `  ${glyph('warn', look.ascii)} `;
  const lines = wrapWords(`${words}: ${oneLine(what, 300)}`, look.columns - sign.length);
  return lines.map((line, i) => `${i === 0 ? sign : ' '.repeat(sign.length)}${line}`);
}

/** What a smoke test cannot prove is said, so that nobody takes it for proven (E-24). */
function sayUnproven({ endpoints }: SmokeStory, look: Look): string[] {
  const asked = endpoints.filter(({ n }) => n > 0);
  const words = [
    ...(asked.some(({ p95Judged }) => p95Judged === 'watch') ? ['the P95 shown as – '] : []),
    ...(asked.some(({ errorVerdict }) => errorVerdict === 'watch') ? ['a share of errors this small'] : []),
  ];
  if (words.length === 0) return [];
  const said = `Not proven by so few requests: ${words.join('and ')}; release watch judges it by traffic.`;
  return ['', ...wrapWords(said, look.columns - 2).map((line) => look.paint.dim(`  ${line}`))];
}

/** The screen of `release smoke`: n, P95, max and errors of each endpoint beside its limits (ux 2.12). */
export function saySmoke(story: SmokeStory, look: Look): string {
  const { paint } = look;
  const colored = story.call === 'go' ? paint.good : story.call === 'hold' ? paint.warn : paint.bad;
  const call = CALL[story.call];
  const [first = '', ...more] = wrapWords(
    `${sayCounts(story)} · ${sayDuration(story.tookMs)} · ${plural(story.requests, 'request')}`,
    look.columns - call.length - 5,
  );
  return [
    sayHead(story.title, story.env, story.url, story.isProtected, look),
    '',
    ...sayTitles(look),
    ...story.endpoints.flatMap((one) => sayEndpoint(one, look)),
    ...sayData(story.data, look),
    '',
    `  ${paint.bold(colored(call))}   ${first}`,
    ...more.map((line) => `${' '.repeat(call.length + 5)}${line}`),
    ...story.left.flatMap((one) => sayStays('could not be deleted', one, look)),
    ...story.kept.flatMap((one) => sayStays('left on purpose', one, look)),
    ...sayUnproven(story, look),
  ].join('\n');
}
