import type { DriftChange } from '../domain/drift/drift-state.ts';
import { sayChange, signOf } from '../domain/drift/say-change.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { DriftReport } from '../kit/drift/make-drift-report.ts';
import type { DriftBaseline } from '../ledger/fold-drift.ts';
import { widthOf } from './display-width.ts';
import { glyph, glyphWidth, type Mark } from './glyphs.ts';
import { sayWhen } from './say-when.ts';
import { cutTo, padTo, wrapWords } from './table.ts';
import { type Look, sayHead } from './verdict-text.ts';

/** A look at the set-up, ready to be told. */
export interface DriftStory {
  readonly title: string;
  readonly env: string;
  readonly isProtected: boolean;
  readonly url: string;
  readonly zone: string;
  readonly report: DriftReport;
}

/** `24 Sep 10:00 EDT (r-…, Dana Ito)`. */
export const sayBaseline = ({ at, run, by }: DriftBaseline, zone: string): string =>
  `${sayWhen(at, zone)} (${run}, ${by})`;

const NO_BASELINE = 'no set-up was accepted yet, so there is nothing to compare with';

function sayNews({ changes, baseline }: DriftReport, zone: string): string {
  const count = changes.length === 0 ? 'nothing changed' : plural(changes.length, 'change');
  if (baseline !== undefined) return `${count} since the baseline of ${sayBaseline(baseline, zone)}`;
  return changes.length === 0 ? NO_BASELINE : `${count}; no set-up was accepted yet`;
}

const WORD = { clean: 'clean', drifted: 'drifted', unknown: 'not known' } as const;

function sayCall(report: DriftReport, zone: string, { paint, columns }: Look): string[] {
  const word = WORD[report.call];
  const loud = { clean: paint.good, drifted: paint.bad, unknown: paint.warn }[report.call](word);
  const margin = ' '.repeat(word.length + 5);
  const [first = '', ...rest] = wrapWords(sayNews(report, zone), columns - margin.length);
  return [`  ${paint.bold(loud)}   ${first}`, ...rest.map((line) => `${margin}${line}`)];
}

const MARK = '✖ required';

function sayChanges({ report: { changes }, env }: DriftStory, look: Look): string[] {
  const width = (of: (change: DriftChange) => string): number =>
    Math.min(36, Math.max(0, ...changes.map((change) => widthOf(of(change)))));
  const [kinds, keys] = [width(({ kind }) => kind), width(({ key }) => oneLine(key, 36))];
  return changes.map((change) => {
    const mark = change.required ? `   ${look.ascii ? '[FAIL] required' : MARK}` : '';
    const head = `    ${signOf(change)} ${padTo(change.kind, kinds)}  ${padTo(oneLine(change.key, 36), keys)}  `;
    // A screen that has no room for it breaks the line as it comes.
    const room = Math.max(20, Math.max(80, look.columns) - widthOf(head) - widthOf(mark));
    return `${head}${cutTo(sayChange(change, env), room)}${look.paint.bad(mark)}`;
  });
}

function sayExplained({ explained, by }: DriftReport, look: Look): string[] {
  if (explained.length === 0) return [];
  const kinds = [...new Set(explained.map(({ kind }) => kind))];
  const parts = kinds.map((kind) => `${explained.filter((one) => one.kind === kind).length} ${kind}`);
  const said = `${by.join(', ')} brought ${plural(explained.length, 'change')} on purpose: ${parts.join(', ')}`;
  return remark('pass', said, look);
}

const remark = (mark: Mark, text: string, look: Look): string[] =>
  wrapWords(text, look.columns - 7 - glyphWidth(look.ascii)).map(
    (line, i) => `    ${padTo(i === 0 ? glyph(mark, look.ascii) : '', glyphWidth(look.ascii))} ${line}`,
  );

const sayRemarks = ({ unknown, notCompared, remarks }: DriftReport, look: Look): string[] => [
  ...unknown.flatMap(({ check, said }) => remark('unknown', `${check}: ${oneLine(said, 300)}`, look)),
  ...notCompared.flatMap((kind) =>
    remark('unknown', `${kind}: on one side only, so not compared; accepting the set-up settles it`, look),
  ),
  ...remarks.flatMap(({ check, outcome, said }) => remark(outcome, `${check}: ${oneLine(said, 300)}`, look)),
];

function sayAbsent({ absent }: DriftReport, look: Look): string[] {
  const whys = [...new Set(absent.map(({ why }) => why))];
  const groups = whys.map((why) => {
    const ids = absent.filter((one) => one.why === why).map(({ check }) => check);
    return `${ids.join(', ')} (${why})`;
  });
  if (groups.length === 0) return [];
  return [
    '',
    ...wrapWords(`not asked: ${groups.join('; ')}`, look.columns - 4).map(
      (line) => `  ${look.paint.dim(line)}`,
    ),
  ];
}

/** The screen of `release drift` (ux 2.9): the call, every change once, what a release explains, what is not known. */
export function sayDrift(story: DriftStory, look: Look): string {
  const { report, title, env, url, isProtected, zone } = story;
  const notes = [...sayExplained(report, look), ...sayRemarks(report, look)];
  return [
    sayHead(title, env, url, isProtected, look),
    '',
    ...sayCall(report, zone, look),
    ...sayChanges(story, look),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...sayAbsent(report, look),
  ].join('\n');
}
