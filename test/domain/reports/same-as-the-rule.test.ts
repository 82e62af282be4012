import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeEndToEnd } from '../../../src/domain/go-no-go/judge-end-to-end.ts';
import { judgeVulnerabilities } from '../../../src/domain/go-no-go/judge-vulnerabilities.ts';
import { judgeWeaknesses } from '../../../src/domain/reports/judge-weaknesses.ts';
import type { Scenario } from '../../../src/domain/reports/scenario.ts';
import { SEVERITIES } from '../../../src/domain/reports/weakness.ts';
import { findE2eGap, isE2eBad, sumE2e } from '../../../src/domain/reports/weigh-e2e.ts';
import { weighWeaknesses } from '../../../src/domain/reports/weigh-weaknesses.ts';

const outcome = fc.constantFrom<Scenario['outcome']>('passed', 'flaky', 'failed', 'skipped');
const scenario = fc.record({
  name: fc.constant('x'),
  tags: fc.constantFrom<readonly string[]>([], ['@pay'], ['@login']),
  outcome,
});

describe('what reports are weighed by', () => {
  it('GO-01, NG-02: is the rule of the go/no-go table for end-to-end tests', () => {
    fc.assert(
      fc.property(fc.array(scenario, { maxLength: 60 }), (all) => {
        const sum = sumE2e(all, { pay: '@pay', login: '@login' });
        const total = sum.passed + sum.flaky + sum.failed.length;
        const rule = judgeEndToEnd(
          {
            passed: sum.passed + sum.flaky,
            total,
            criticalFailed: sum.critical.filter(({ failed }) => failed.length > 0).length,
            criticalMissing: sum.critical.filter(({ ran }) => ran === 0).length,
            isOfCandidate: true,
          },
          95,
        );
        const ours = isE2eBad(sum, 95) ? 'no-go' : findE2eGap(sum) === undefined ? 'go' : 'hold';
        expect(ours).toBe(rule.call);
      }),
    );
  });

  it('GO-04, NG-03: is no exactly where the rule for vulnerabilities is no', () => {
    const weakness = fc.record({
      ids: fc.constantFrom<readonly string[]>(['A'], ['B']),
      where: fc.constant('x'),
      title: fc.constant(''),
      severity: fc.constantFrom(...SEVERITIES),
      score: fc.integer({ min: 1, max: 100 }).map((tenths) => tenths / 10),
      isDevOnly: fc.boolean(),
    });
    const waiver = { id: 'a', reason: 'r', by: 'Dana Ito', until: '2026-12-01' };
    fc.assert(
      fc.property(fc.array(weakness), (all) => {
        const now = new Date('2026-11-24T12:00:00Z');
        const ours = judgeWeaknesses(weighWeaknesses(all, 7, [waiver], now)).outcome;
        const rated = all.map(({ ids, severity, score, isDevOnly }) => ({
          id: ids[0] ?? '',
          severity,
          cvss: score,
          isDevOnly,
          isWaived: ids.includes('A'),
        }));
        // Where people may decide the rule holds, and the check warns: one that is accepted must not stop a gate (E-13).
        const said = { go: 'pass', hold: 'warn', 'no-go': 'fail' }[judgeVulnerabilities(rated, 7).call];
        expect(ours).toBe(said);
      }),
    );
  });
});
