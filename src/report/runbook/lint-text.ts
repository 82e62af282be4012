import { plural } from '../../domain/plural.ts';
import type { LintAnswer } from '../../domain/runbook/lint-runbook.ts';
import type { LintFinding } from '../../domain/runbook/rule.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { wrapWords } from '../table.ts';

const MOST = 240;

/** One line for each, as editors and grep read it: `file:line:col: error: what — why — what to do [rule]`. */
function sayOnOneLine(file: string, { line, col, severity, said, why, next, rule }: LintFinding): string {
  const word = severity === 'warn' ? 'warning' : 'error';
  return `${file}:${line}:${col}: ${word}: ${oneLine(said, MOST)} — ${why} — ${next} [${rule}]`;
}

/** Findings of one rule stand together: why and what to do are the same for all of them, and said once. */
function groupByRule(findings: readonly LintFinding[]): readonly (readonly LintFinding[])[] {
  const groups = new Map<string, LintFinding[]>();
  for (const one of findings) groups.set(one.rule, [...(groups.get(one.rule) ?? []), one]);
  return [...groups.values()];
}

/** A text beside its label, which goes on below itself when the screen ends. */
const beside = (label: string, text: string, columns: number): readonly string[] =>
  wrapWords(text, Math.max(20, columns - label.length)).map(
    (line, i) => (i === 0 ? label : ' '.repeat(label.length)) + line,
  );

function sayGroup(file: string, group: readonly LintFinding[], columns: number): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    `${first.severity.padEnd(5)}  ${first.rule}`,
    ...group.flatMap(({ line, col, said }) =>
      beside(`  ${file}:${line}:${col}  `, oneLine(said, MOST), columns),
    ),
    ...beside('    why   ', first.why, columns),
    ...beside('    next  ', first.next, columns),
  ];
}

const isError = ({ severity }: LintFinding): boolean => severity === 'error';

/** How many there are of each kind, and how many somebody accepted. */
export function sayLintCounts({ findings, accepted }: LintAnswer): string {
  const errors = findings.filter(isError).length;
  const hidden = accepted.length === 0 ? '' : `, ${accepted.length} accepted with a reason`;
  if (findings.length === 0) return `no contradiction found${hidden}`;
  return `${plural(errors, 'error')}, ${plural(findings.length - errors, 'warning')}${hidden}`;
}

/** What the linter found, errors first; `columns` undefined: nobody breaks lines, and each finding is one. */
export function sayLint(file: string, { findings }: LintAnswer, columns?: number): readonly string[] {
  if (columns === undefined) return findings.map((one) => sayOnOneLine(file, one));
  const sorted = [...findings].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  return groupByRule(sorted).flatMap((group) => sayGroup(file, group, columns));
}
