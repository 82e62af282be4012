import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../../src/domain/runbook/lint-runbook.ts';
import { readDocument } from '../../../src/domain/runbook/read-document.ts';

const lint = (text: string) =>
  lintRunbook(readDocument('R.md', text), {
    ...{ today: '2026-03-02', roles: undefined, answers: undefined, scripts: undefined },
    ...{ productionHosts: [], sql: new Map() },
  });
const rulesOf = (text: string): readonly string[] =>
  lint(text).findings.map(({ rule, line }) => `${line} ${rule}`);
const comment = (words: string): string => `<!-- runbook-lint-disable-next-line ${words} -->`;

describe('a comment that accepts a finding', () => {
  it('hides it on the next line alone, and keeps it with its reason', () => {
    const { findings, accepted } = lint(
      `${comment('placeholder the lead calls them in')}\nCall TBD\nand TBA\n`,
    );
    expect(findings.map(({ line, rule }) => [line, rule])).toEqual([[3, 'placeholder']]);
    expect(accepted).toMatchObject([{ line: 2, rule: 'placeholder', reason: 'the lead calls them in' }]);
  });

  it('reaches over a whole block that begins on the next line, and over several rules', () => {
    const block = '## Checks\n\n%\n~~~sh\ncurl https://a.example.com || true\n~~~\n';
    expect(rulesOf(block.replace('%', comment('curl-without-fail,failure-swallowed tried by hand')))).toEqual(
      [],
    );
  });

  it('hides nothing without a reason, and says so', () => {
    expect(rulesOf(`${comment('placeholder')}\nCall TBD\n`)).toEqual([
      '1 comment-without-reason',
      '2 placeholder',
    ]);
  });

  it('names a rule that there is, or is an error', () => {
    const text = `${comment('placeholdr it is known')}\nCall TBD\n`;
    expect(rulesOf(text)).toEqual(['1 comment-unknown-rule', '2 placeholder']);
    expect(lint(text).findings[0]?.said).toContain('Did you mean "placeholder"?');
  });

  it('is itself named once it hides nothing', () => {
    expect(lint(`${comment('placeholder it was so')}\nCall Kim\n`).findings).toMatchObject([
      { line: 1, rule: 'comment-unused', severity: 'warn' },
    ]);
  });
});
