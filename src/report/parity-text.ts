import { sayPercent } from '../domain/go-no-go/rule-answer.ts';
import type { AreaName } from '../domain/parity/likeness.ts';
import type { ParityEvidence, ToldDifference } from '../domain/parity/make-evidence.ts';
import { sayKinds } from '../domain/parity/say-unacceptable.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Verdict } from '../domain/verdict.ts';
import { glyph } from './glyphs.ts';
import { cutTo, padTo, wrapWords } from './table.ts';
import type { Look } from './verdict-text.ts';

/** A comparison, ready to be told. */
export interface ParityStory {
  readonly title: string;
  readonly between: readonly [string, string];
  readonly call: Verdict['call'];
  /** True: every difference, and all that the release brings. */
  readonly all: boolean;
  /** undefined: one of the two could not be read; `said` tells why. */
  readonly evidence: ParityEvidence | undefined;
  readonly said: string;
  readonly remedy: string;
}

type Area = ParityEvidence['areas'][number];

const NAMES: Readonly<Record<AreaName, string>> = {
  node: 'node',
  packages: 'npm packages',
  keys: 'env keys',
  schema: 'schema',
};
const COLUMN = 24;
const MATCH = 9;
const MARGIN = ' '.repeat(2 + COLUMN + MATCH);
const MOST = 4;

const sayScore = ({ score }: ParityEvidence): string => (score === null ? 'not known' : sayPercent(score));

const row = (name: string, match: string): string => `  ${padTo(name, COLUMN)}${padTo(match, MATCH)}`;

/** Lines of the last column; the first of them stands beside its name. */
function besides(head: string, lines: readonly string[]): string[] {
  const [first = '', ...rest] = lines;
  return [`${head}${first}`.trimEnd(), ...rest.map((line) => `${MARGIN}${line}`)];
}

/** Beside the columns of names and counts; a screen that has no room there breaks these lines as they come. */
const roomIn = ({ columns }: Look): number => Math.max(columns, 80) - MARGIN.length;

function sayDifference({ kind, said }: ToldDifference, look: Look): string[] {
  const isHarmless = kind === 'extra-variable';
  const mark = glyph(isHarmless ? 'warn' : 'fail', look.ascii);
  const paint = isHarmless ? look.paint.warn : look.paint.bad;
  const lines = wrapWords(oneLine(said, 300), roomIn(look) - mark.length - 1);
  return lines.map((line, i) =>
    i === 0 ? `${paint(mark)} ${line}` : `${' '.repeat(mark.length + 1)}${line}`,
  );
}

function sayArea(area: Area, all: boolean, look: Look): string[] {
  const shown = all ? area.diffs : area.diffs.slice(0, MOST);
  const more = area.diffs.length - shown.length;
  const lines = shown.flatMap((one) => sayDifference(one, look));
  const quiet = area.note === undefined ? [] : [look.paint.dim(cutTo(area.note, roomIn(look)))];
  const told = lines.length === 0 ? quiet : [...lines, ...(more > 0 ? [`${more} more: --all`] : [])];
  return besides(row(NAMES[area.name], `${area.same}/${area.total}`), told);
}

function sayList(name: string, items: readonly string[], all: boolean, look: Look): string[] {
  if (items.length === 0) return [];
  const room = roomIn(look);
  const lines = wrapWords(oneLine(items.join(', '), 2000), room);
  const isLong = !all && lines.length > 2;
  const told = isLong ? [lines[0] ?? '', `${cutTo(lines[1] ?? '', room - 8, '')} … --all`] : lines;
  return besides(row(name, String(items.length)), told);
}

const expectedIn = ({ areas }: ParityEvidence): readonly string[] =>
  areas.flatMap(({ expected }) => expected);

function sayReason(evidence: ParityEvidence): string {
  const { areas, unacceptable, threshold, floor } = evidence;
  const score = `score ${sayScore(evidence)}`;
  const fatal = areas.flatMap(({ diffs }) => diffs.filter(({ key }) => unacceptable.includes(key)));
  if (fatal.length > 0) {
    const kinds = sayKinds(fatal).split(', ');
    return `${score}; ${plural(kinds.length, 'kind')} of difference that no score makes up for: ${kinds.join(', ')}`;
  }
  return `${score}; GO is above ${threshold} %, NO-GO below ${floor} %`;
}

const CALL = { go: 'GO', hold: 'HOLD', 'no-go': 'NO-GO' } as const;

function sayCall(call: Verdict['call'], why: string, { paint, columns }: Look): string[] {
  const word = CALL[call];
  const loud = { go: paint.good, hold: paint.warn, 'no-go': paint.bad }[call];
  const margin = ' '.repeat(word.length + 5);
  const [first = '', ...rest] = wrapWords(why, columns - margin.length);
  return [`  ${paint.bold(loud(word))}   ${first}`, ...rest.map((line) => `${margin}${line}`)];
}

const sayTop = ({ title, between, evidence }: ParityStory): string => {
  const pair = between.join(' ↔ ');
  const right = `${pair}${evidence === undefined ? '' : padTo('', 6) + sayScore(evidence)}`;
  return `${padTo(title, Math.max(title.length + 2, 79 - right.length))}${right}`;
};

function sayUnknown({ call, said, remedy }: ParityStory, look: Look): string[] {
  const lines = wrapWords(oneLine(said, 600), look.columns - 4);
  const [first = '', ...rest] = lines;
  return [
    `  ${look.paint.warn(glyph('unknown', look.ascii))} ${first}`,
    ...rest.map((line) => `    ${line}`),
    '',
    ...sayCall(call, 'one of the two could not be read, so nothing is known', look),
    ...wrapWords(oneLine(remedy, 300), look.columns - 11).map(
      (line, i) => `  ${i === 0 ? 'Do' : '  '}       ${line}`,
    ),
  ];
}

/** The screen of ux 2.8: areas, what differs, what the release explains, what may differ, and the verdict. */
export function sayParity(story: ParityStory, look: Look): string {
  const { evidence, all, call } = story;
  if (evidence === undefined) return [sayTop(story), '', ...sayUnknown(story, look)].join('\n');
  const warnings = evidence.warnings.flatMap((warning) =>
    wrapWords(oneLine(warning, 400), look.columns - 4).map(
      (line, i) => `  ${i === 0 ? look.paint.warn(glyph('warn', look.ascii)) : ' '} ${line}`,
    ),
  );
  return [
    sayTop(story),
    '',
    look.paint.dim(`${row('area', 'match')}differs`),
    ...evidence.areas.flatMap((area) => sayArea(area, all, look)),
    ...sayList('brought by the release', expectedIn(evidence), all, look),
    ...sayList('accepted differences', evidence.accepted, all, look),
    ...sayList('left out', evidence.ignored, all, look),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
    '',
    ...sayCall(call, sayReason(evidence), look),
  ].join('\n');
}
