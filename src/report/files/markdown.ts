import { sayDuration } from '../../domain/duration.ts';
import type { Finding, Outcome } from '../../domain/finding.ts';
import { plural } from '../../domain/plural.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';
import { cleanForScreen, oneLine } from '../../domain/screen-text.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import { glyph } from '../glyphs.ts';
import type { GateReport } from './gate-report.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Foreign text for a cell: no markup, no link, no mention, no end of the row. */
export const escapeMarkdown = (text: string, max = 400): string =>
  oneLine(text, max)
    .replace(/[\\`*_[\]{}#|~$@!^]|:(?=[^\s\d])|(?<=www)\./g, '\\$&')
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '');

/** Text that is shown as it is; the fence is longer than any in it. */
export function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}text\n${text}\n${marks}`;
}

const ORDER: readonly Outcome[] = ['fail', 'unknown', 'warn', 'skip', 'pass'];

const sortByTrouble = (findings: readonly Finding[]): readonly Finding[] =>
  ORDER.flatMap((outcome) => findings.filter((finding) => finding.outcome === outcome));

function cellOf({ said, remedy, waived, outcome, recorded, at }: Finding): string {
  const isTrouble = outcome !== 'pass' && outcome !== 'skip';
  return [
    escapeMarkdown(said),
    ...(isTrouble && remedy !== undefined ? [escapeMarkdown(remedy)] : []),
    ...(waived === undefined ? [] : [`**${escapeMarkdown(sayWaiver(waived))}**`]),
    ...(recorded === true ? [`from the ledger, found ${escapeMarkdown(at)}`] : []),
  ].join('<br>');
}

const rowOf = (finding: Finding): string => {
  const { outcome, check, weight } = finding;
  const advice = weight === 'advisory' ? ' (advisory)' : '';
  return `| ${glyph(outcome, false)} ${outcome} | ${escapeMarkdown(check)}${advice} | ${cellOf(finding)} |`;
};

function sayCounts({ findings, durationMs }: GateReport): string {
  const counts = countOutcomes(findings);
  const parts = ORDER.filter((outcome) => counts[outcome] > 0).map(
    (outcome) => `${counts[outcome]} ${outcome}`,
  );
  return [...parts, plural(findings.length, 'check'), sayDuration(durationMs)].join(' · ');
}

const refusalOf = ({ error }: GateReport): string =>
  error === undefined
    ? 'Nobody looked: there are no findings.'
    : fence(
        [error.text.what, error.text.why, error.text.next]
          .flatMap((part) => (part === undefined ? [] : [cleanForScreen(part)]))
          .join('\n\n'),
      );

/** Markdown: the verdict, a table with the troubles on top, and how to go on. */
export function writeMarkdown(report: GateReport): string {
  const { title, verdict, env, sandbox, findings, next, finishedAt } = report;
  const head = [sandbox ? 'SANDBOX' : '', title, verdict === '' ? '' : `— ${verdict.toUpperCase()}`];
  const table = [
    '| Result | Check | What was found |',
    '|---|---|---|',
    ...sortByTrouble(findings).map(rowOf),
  ];
  return [
    `# ${escapeMarkdown(head.filter(Boolean).join(' '))}`,
    '',
    [escapeMarkdown(env), escapeMarkdown(finishedAt), findings.length > 0 ? sayCounts(report) : '']
      .filter(Boolean)
      .join(' · '),
    '',
    ...(findings.length > 0 ? table : [refusalOf(report)]),
    ...(next.length > 0 ? ['', 'Next:', '', fence(next.join('\n'))] : []),
    '',
  ].join('\n');
}
