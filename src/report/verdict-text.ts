import { sayDuration } from '../domain/duration.ts';
import type { Finding, Outcome } from '../domain/finding.ts';
import { plural } from '../domain/plural.ts';
import { sayWaiver } from '../domain/say-waiver.ts';
import { oneLine } from '../domain/screen-text.ts';
import { countOutcomes, listOpen, type Verdict } from '../domain/verdict.ts';
import { type CriteriaStory, sayCriteria } from './criteria-text.ts';
import { widthOf } from './display-width.ts';
import { glyph, glyphWidth } from './glyphs.ts';
import type { Look } from './look.ts';
import { sayLinesToPaste, sayPlaces } from './places-text.ts';
import { cutTo, cutWords, padTo, wrapWords } from './table.ts';

export type { Look };

/** The answer of a gate, ready to be told. */
export interface GateStory {
  /** `release preflight v2.1.0`. */
  readonly title: string;
  readonly env: string;
  readonly isProtected: boolean;
  readonly url: string;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** Checks and services that are not configured, told once. */
  readonly absent: readonly string[];
  readonly tookMs: number;
  /** The GO and NO-GO criteria, when the whole gate was asked. */
  readonly criteria?: CriteriaStory;
  /** How many checks the gate has, when only some of them were asked. */
  readonly ofChecks?: number;
  /** After a NO-GO: when it may be tried again. */
  readonly nextSlot?: string;
  /** The moment of telling; ages of recorded answers are counted from it. */
  readonly now: Date;
}

const WORST: readonly Outcome[] = ['fail', 'unknown', 'warn', 'pass', 'skip'];
const WORD: Record<Outcome, string> = {
  pass: 'passed',
  warn: 'warned',
  fail: 'failed',
  skip: 'skipped',
  unknown: 'not known',
};

const paintOutcome = (outcome: Outcome, { paint, ascii }: Look): string => {
  const text = padTo(glyph(outcome, ascii), glyphWidth(ascii));
  if (outcome === 'pass') return paint.good(text);
  if (outcome === 'fail') return paint.bad(text);
  return outcome === 'skip' ? paint.dim(text) : paint.warn(text);
};

/** The head line of every command on an environment; a protected one looks different (ux 33). */
export function sayHead(title: string, env: string, url: string, isProtected: boolean, look: Look): string {
  const name = isProtected ? look.paint.alarm(` ${env.toUpperCase()} `) : env;
  const host = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const left = `${padTo(title, Math.max(title.length + 2, 42))}${name}  `;
  // Where the head does not fit on one line, the address stands below it, whole.
  const room = look.columns < widthOf(left) + 8 ? 30 : Math.min(30, look.columns - widthOf(left));
  return left + look.paint.dim(cutTo(host, room, look.ascii ? '...' : '…'));
}

/** Less of what passed says nothing, and takes a line of a small screen. */
const LEAST_DETAIL = 24;

const groupByRoom = (findings: readonly Finding[]): [string, Finding[]][] => {
  const rooms = new Map<string, Finding[]>();
  for (const finding of findings) rooms.set(finding.room, [...(rooms.get(finding.room) ?? []), finding]);
  return [...rooms];
};

const needsWords = (finding: Finding): boolean => finding.outcome !== 'pass' && finding.outcome !== 'skip';

function sayRoom([room, findings]: [string, Finding[]], look: Look): string[] {
  const worst = WORST.find((outcome) => findings.some((f) => f.outcome === outcome)) ?? 'pass';
  const passed = findings.filter((f) => f.outcome === 'pass').length;
  const width = look.columns - 24 - glyphWidth(look.ascii);
  const mark = look.ascii ? '...' : '…';
  const said = cutWords(
    findings
      .filter((f) => f.outcome === 'pass')
      .map((f) => cutWords(oneLine(f.said), 60, mark))
      .join(' · '),
    width,
    mark,
  );
  const detail = width < LEAST_DETAIL ? '' : ` ${look.paint.dim(said)}`;
  const head = `  ${paintOutcome(worst, look)} ${padTo(room, 12)} ${padTo(`${passed}/${findings.length}`, 6)}${detail}`;
  return [head.trimEnd(), ...findings.filter(needsWords).flatMap((f) => sayTrouble(f, look))];
}

function sayTrouble(finding: Finding, look: Look): string[] {
  const margin = ' '.repeat(8 + glyphWidth(look.ascii));
  const weight = finding.weight === 'advisory' ? ' (advisory)' : '';
  const width = look.columns - margin.length;
  const places = sayPlaces(finding, width);
  const lines = places.length > 0 ? places : wrapWords(oneLine(finding.said, 400), width);
  const waived = finding.waived ? [`${margin}${look.paint.warn(oneLine(sayWaiver(finding.waived)))}`] : [];
  return [
    `      ${paintOutcome(finding.outcome, look)} ${look.paint.bold(finding.check)}${weight}`,
    ...lines.map((line) => `${margin}${line}`),
    ...waived,
  ];
}

function sayCounts(findings: readonly Finding[]): string {
  const counts = countOutcomes(findings);
  const waived = findings.filter((finding) => finding.waived).length;
  const parts = WORST.filter((outcome) => counts[outcome] > 0).map((o) => `${counts[o]} ${WORD[o]}`);
  return [...parts, ...(waived > 0 ? [`${waived} of them waived`] : [])].join(' · ');
}

/** How many answers were not asked for now, and how old the oldest of them is. */
function sayRecorded({ findings, now }: GateStory): string[] {
  const ages = findings.filter((one) => one.recorded).map((one) => now.getTime() - Date.parse(one.at));
  if (ages.length === 0) return [];
  return [
    '',
    `from the ledger: ${plural(ages.length, 'check')}, up to ${sayDuration(Math.max(0, ...ages))} old`,
  ];
}

const CALL = { go: 'GO', hold: 'HOLD', 'no-go': 'NO-GO' } as const;

/** The call with its counts, and below it what makes it less than a verdict on the release. */
function sayCall({ findings, verdict, tookMs, ofChecks }: GateStory, { paint, columns }: Look): string[] {
  const colored = verdict.call === 'go' ? paint.good : verdict.call === 'hold' ? paint.warn : paint.bad;
  const counts = sayCounts(findings) || 'nobody looked';
  const measures = `${sayDuration(tookMs)} · ${plural(findings.length, 'check')}`;
  const margin = ' '.repeat(2 + CALL[verdict.call].length + 3);
  const isOneLine = margin.length + counts.length + 3 + measures.length <= columns;
  const head = `  ${paint.bold(colored(CALL[verdict.call]))}   `;
  const part = `only ${findings.length} of ${ofChecks} checks were asked: no verdict on the release`;
  return [
    ...(isOneLine ? [`${head}${counts}   ${measures}`] : [`${head}${counts}`, `${margin}${measures}`]),
    ...(ofChecks === undefined ? [] : [`${margin}${part}`]),
  ];
}

const remedyOf = (finding: Finding): string =>
  finding.remedy ??
  (finding.outcome === 'unknown' ? 'not known is not GO: find out why, then run again' : finding.said);

/** Why the answer is not GO: each finding that decided it, and what is not known beside it, with what to do. */
function sayWhy({ verdict, findings }: GateStory, look: Look): string[] {
  const width = look.columns - 13;
  return listOpen(verdict, findings).flatMap((finding, i) => [
    `  ${i === 0 ? 'Why' : '   '}      ${look.paint.bold(finding.check)}`,
    ...wrapWords(oneLine(remedyOf(finding), 400), width).map((line) => `           ${line}`),
  ]);
}

const saySlot = ({ nextSlot }: GateStory, look: Look): string[] =>
  wrapWords(nextSlot ?? '', look.columns - 13)
    .filter(Boolean)
    .map((line, i) => (i === 0 ? `  Slot     ${line}` : `           ${line}`));

/** The screen of a gate (ux 2.7): rooms with counts, troubles in full, the call, and why. */
export function sayGate(story: GateStory, look: Look): string {
  const why = sayWhy(story, look);
  return [
    sayHead(story.title, story.env, story.url, story.isProtected, look),
    '',
    ...groupByRoom(story.findings).flatMap((room) => sayRoom(room, look)),
    ...(story.absent.length > 0
      ? [
          '',
          ...wrapWords(`not asked: ${story.absent.join('; ')}`, look.columns - 4).map(
            (l) => `  ${look.paint.dim(l)}`,
          ),
        ]
      : []),
    ...sayRecorded(story).map((line) => `  ${look.paint.dim(line)}`),
    ...(story.criteria ? ['', ...sayCriteria(story.criteria, look)] : []),
    '',
    ...sayCall(story, look),
    ...(why.length > 0 ? ['', ...why] : []),
    ...sayLinesToPaste(story.verdict.because),
    ...saySlot(story, look),
  ].join('\n');
}
