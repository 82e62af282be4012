import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.ts';
import { makeWorkflow } from '../../../src/report/github/workflow.ts';
import { hostileFinding } from '../../support/gate-report.ts';
import { checkResult, finding, gateStarted } from '../../support/run-events.ts';

/** What GitHub is told of a gate with these findings. */
function tell(findings: readonly Finding[]): string[] {
  const lines: string[] = [];
  const workflow = makeWorkflow((line) => lines.push(line));
  workflow.before(gateStarted(findings.map((one) => one.check)));
  for (const one of findings) workflow.after({ type: 'check.result', finding: one });
  workflow.after({ type: 'gate.decided', gate: 'preflight', verdict: { call: 'no-go', because: [] } });
  workflow.close();
  return lines;
}
const failed = (i: number, change: Partial<Finding> = {}) =>
  finding(`a.c${i}`, { outcome: 'fail', ...change });
const many = (count: number, change: Partial<Finding> = {}) =>
  Array.from({ length: count }, (_, i) => failed(i, change));
const ofKind = (lines: readonly string[], kind: string) =>
  lines.filter((line) => line.startsWith(`::${kind} `));

describe('what GitHub is told', () => {
  it('folds the lines of a gate, and tells troubles after them', () => {
    expect(tell([failed(1, { said: 'bad' })])).toEqual([
      '::group::preflight: 1 checks',
      '::endgroup::',
      '::error title=a.c1::bad',
    ]);
  });

  it('escapes what would end a command or a property early', () => {
    const lines = tell([failed(1, { said: '50 % of\nall: a,b' })]);
    expect(lines.at(-1)).toBe('::error title=a.c1::50 %25 of all: a,b');
    const [first] = ofKind(tell([{ ...failed(1), check: 'a,b:c%' }]), 'error');
    expect(first).toContain('title=a%2Cb%3Ac%25::');
  });

  it.each([
    [9, 9],
    [10, 10],
    [11, 10],
    [500, 10],
  ])('%i failures are %i annotations, because GitHub drops the eleventh without a word', (count, shown) => {
    const errors = ofKind(tell(many(count)), 'error');
    expect(errors).toHaveLength(shown);
    if (count > 10) expect(errors.at(-1)).toContain(`and ${count - 9} more`);
  });

  it('counts each kind by itself', () => {
    const lines = tell([...many(30), ...many(30, { outcome: 'warn' })]);
    expect([ofKind(lines, 'error').length, ofKind(lines, 'warning').length]).toEqual([10, 10]);
  });

  it('is an error for what blocks, known or not, and a warning for advice and for what is waived', () => {
    const waived = { check: 'a.c1', by: 'Dana Ito', reason: '#12' };
    expect(tell([failed(1, { outcome: 'unknown', said: 'silent' })]).at(-1)).toBe(
      '::error title=a.c1::silent',
    );
    expect(tell([failed(1, { weight: 'advisory', said: 'x' })]).at(-1)).toBe('::warning title=a.c1::x');
    expect(tell([failed(1, { waived, said: 'x' })]).at(-1)).toBe(
      '::warning title=a.c1::fail, waived by Dana Ito: #12: x',
    );
    for (const outcome of ['pass', 'skip'] as const) expect(tell([failed(1, { outcome })])).toHaveLength(2);
  });

  it('stands at the line of the file that a finding names', () => {
    const places = [
      { file: 'a,b.sql', line: 3, column: 7, rule: 'drop-column', level: 'error', message: 'Drops it.' },
    ];
    expect(tell([failed(1, { evidence: { places } })]).at(-1)).toBe(
      '::error file=a%2Cb.sql,line=3,col=7,title=drop-column::Drops it.',
    );
  });

  it('tells a step that failed', () => {
    const lines: string[] = [];
    const workflow = makeWorkflow((line) => lines.push(line));
    workflow.after({ type: 'step.failed', name: 'migrate', code: 'E_X', said: 'no table' });
    workflow.after(checkResult('a.b'));
    workflow.close();
    expect(lines).toEqual(['::error title=migrate::no table']);
  });

  it('is one command a line, whatever stands in a finding', () => {
    fc.assert(
      fc.property(fc.array(hostileFinding, { maxLength: 5 }), (findings) => {
        for (const line of tell(findings)) {
          expect(line).toMatch(/^::(group|endgroup|(error|warning|notice) [^\r\n]*)::[^\r\n]*$/);
          expect(line.split('::')[1]).not.toMatch(/^set-|^add-/);
        }
      }),
    );
  });
});
