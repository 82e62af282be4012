import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../../src/domain/runbook/lint-runbook.ts';
import { readDocument } from '../../../src/domain/runbook/read-document.ts';
import type { Known } from '../../../src/domain/runbook/rule.ts';
import { LINT_RULES } from '../../../src/domain/runbook/rules/index.ts';
import { databaseCases } from '../../support/runbook-cases/database.ts';
import { gitCases } from '../../support/runbook-cases/git.ts';
import { limitCases } from '../../support/runbook-cases/limits.ts';
import type { LintCase } from '../../support/runbook-cases/lint-case.ts';
import { peopleCases } from '../../support/runbook-cases/people.ts';
import { shellCases } from '../../support/runbook-cases/shell.ts';
import { testCases } from '../../support/runbook-cases/tests.ts';
import { textCases } from '../../support/runbook-cases/text.ts';

const CASES = [limitCases, gitCases, databaseCases, shellCases, testCases, peopleCases, textCases].flat();

const NOTHING: Known = {
  ...{ today: '2026-03-02', roles: undefined, answers: undefined, scripts: undefined },
  ...{ productionHosts: [], sql: new Map() },
};

/** Lines at which the rule finds something. */
function linesOf(rule: string, text: string, known: LintCase['known'] = {}): readonly number[] {
  const document = readDocument('RUNBOOK.md', text.replaceAll('»', ''));
  const { findings } = lintRunbook(document, { ...NOTHING, ...known });
  return [...new Set(findings.filter((one) => one.rule === rule).map(({ line }) => line))];
}

const marked = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, i) => (line.includes('»') ? [i + 1] : []));

describe('every rule of the linter', () => {
  it.each(CASES.map((one) => [one.row === undefined ? one.rule : `${one.row}: ${one.rule}`, one] as const))(
    '%s finds the mistake at its line, and not its correction',
    (_, { rule, bad, good, known }) => {
      expect(marked(bad).length).toBeGreaterThan(0);
      expect(linesOf(rule, bad, known), bad).toEqual(marked(bad));
      const without = rule === 'sql-unreadable' || rule === 'sql-no-transaction' ? {} : known;
      expect(linesOf(rule, good, without), good).toEqual([]);
    },
  );

  it('has an example, an id of its own, and says why and what to do', () => {
    const ids = LINT_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !CASES.some(({ rule }) => rule === id))).toEqual([]);
    for (const { title, why, next } of LINT_RULES)
      for (const text of [title, why, next]) expect(text).not.toBe('');
  });

  it('shows no secret that it found', () => {
    const line = `curl https://prod.example.com/x -d '{"password":"Sesame4You"}' || true`;
    const { findings } = lintRunbook(readDocument('R.md', `# Tests\n\n~~~sh\n${line}\n~~~\n`), NOTHING);
    expect(findings.map(({ rule }) => rule)).toEqual([
      'curl-without-fail',
      'failure-swallowed',
      'secret-in-text',
    ]);
    expect(JSON.stringify(findings)).not.toContain('Sesame');
  });
});
