import type { Finding } from '../../domain/finding.ts';
import type { Json } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import type { LintFinding } from '../../domain/runbook/rule.ts';
import { digestOf } from '../../ledger/digest.ts';

const placeOf = (file: string, { line, col, rule, severity, said, next }: LintFinding): Json => ({
  ...{ file, line, column: col, rule },
  level: severity === 'warn' ? 'warning' : 'error',
  message: `${said}. ${next}`,
});

function findingOf(file: string, group: readonly LintFinding[], first: LintFinding, at: Date): Finding {
  const { rule, severity, why, next } = first;
  const places = group.map((one) => placeOf(file, one));
  return {
    ...{ check: `runbook.${rule}`, title: why, room: 'runbook', runbook: [], startMs: 0, durationMs: 0 },
    ...{
      weight: severity === 'error' ? 'blocker' : 'advisory',
      outcome: severity === 'error' ? 'fail' : 'warn',
    },
    said: `${plural(group.length, 'place')}: ${group.map(({ line, said }) => `line ${line}: ${said}`).join(' · ')}`,
    ...{ remedy: next, evidence: { places }, timeoutMs: 0, freshForMs: 0 },
    ...{ at: at.toISOString(), digest: digestOf([rule, places]) },
  };
}

/** Findings of the linter as those of a gate are written to files: one for each rule, with its places (SARIF, JUnit, TAP). */
export function lintFindings(file: string, findings: readonly LintFinding[], at: Date): readonly Finding[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.flatMap((rule) => {
    const group = findings.filter((one) => one.rule === rule);
    const [first] = group;
    return first === undefined ? [] : [findingOf(file, group, first, at)];
  });
}
