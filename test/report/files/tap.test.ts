import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Finding } from '../../../src/domain/finding.ts';
import { writeTap } from '../../../src/report/files/tap.ts';
import { hostileFinding, reportOf } from '../../support/gate-report.ts';
import { finding } from '../../support/run-events.ts';

const tap = (...findings: Finding[]) => writeTap(reportOf(findings));

describe('TAP 14', () => {
  it('says ok, not ok for fail and unknown, SKIP, and TODO for what is waived', () => {
    const waived = { check: 'a.e', by: 'Dana Ito', reason: '#12' };
    const text = tap(
      finding('a.a'),
      finding('a.b', { outcome: 'fail', said: 'bad' }),
      finding('a.c', { outcome: 'unknown', said: 'silent' }),
      finding('a.d', { outcome: 'skip', said: 'left out' }),
      finding('a.e', { outcome: 'fail', said: 'bad', waived }),
    );
    expect(text.split('\n').filter((line) => !line.startsWith('  '))).toEqual([
      'TAP version 14',
      '1..5',
      'ok 1 - a.a: a.a',
      'not ok 2 - a.b: a.b',
      'not ok 3 - a.c: a.c',
      'ok 4 - a.d: a.d # SKIP left out',
      'not ok 5 - a.e: a.e # TODO waived by Dana Ito: \\#12',
      '',
    ]);
  });

  it('passes a warning with its words in a diagnostic that is YAML', () => {
    const text = tap(finding('a.a', { outcome: 'warn', said: 'slow: "9 s"', remedy: 'Look.' }));
    const [, block = ''] = /^ {2}---\n([\s\S]*?) {2}\.\.\.$/m.exec(text) ?? [];
    expect(text).toContain('\nok 1 - a.a');
    expect(parse(block)).toMatchObject({ severity: 'warn', message: 'slow: "9 s"', remedy: 'Look.' });
  });

  it('bails out when nothing was asked', () => {
    expect(tap()).toBe('TAP version 14\n1..0\nBail out! nothing was asked; the answer is no-go\n');
  });

  it('has exactly its own lines, whatever stands in a finding', () => {
    fc.assert(
      fc.property(fc.array(hostileFinding, { minLength: 1, maxLength: 4 }), (findings) => {
        const lines = tap(...findings).split('\n');
        expect(lines.slice(0, 2)).toEqual(['TAP version 14', `1..${findings.length}`]);
        const tests = lines.filter((line) => /^(not )?ok \d/.test(line));
        expect(tests).toHaveLength(findings.length);
        findings.forEach(({ outcome, waived }, i) => {
          const line = tests[i] ?? '';
          expect(line.startsWith('not ok')).toBe(outcome === 'fail' || outcome === 'unknown');
          const directive = /[^\\](?:\\\\)* # (SKIP|TODO)/.exec(line)?.[1];
          expect(directive).toBe(outcome === 'skip' ? 'SKIP' : waived ? 'TODO' : undefined);
        });
        const others = lines.slice(2, -1).filter((line) => !/^(not )?ok \d/.test(line));
        for (const line of others) expect(line).toMatch(/^ {2}(---|\.\.\.|[a-z_]+: .*)$/);
      }),
    );
  });
});
