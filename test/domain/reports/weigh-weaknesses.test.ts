import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeWeaknesses } from '../../../src/domain/reports/judge-weaknesses.ts';
import { SEVERITIES, type Weakness } from '../../../src/domain/reports/weakness.ts';
import {
  type AdvisoryWaiver,
  isSevere,
  weighWeaknesses,
} from '../../../src/domain/reports/weigh-weaknesses.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const make = (over: Partial<Weakness> = {}): Weakness => ({
  ids: ['GHSA-hrpp-h998-j3pp', 'CVE-2022-24999'],
  where: 'qs',
  title: 'Prototype poisoning',
  severity: 'high',
  isDevOnly: false,
  ...over,
});
const waiver = (over: Partial<AdvisoryWaiver> = {}): AdvisoryWaiver => ({
  id: 'ghsa-HRPP-h998-j3pp',
  reason: 'input is never parsed',
  by: 'Dana Ito',
  until: '2026-12-01',
  ...over,
});
const judge = (all: readonly Weakness[], waivers: readonly AdvisoryWaiver[] = []) =>
  judgeWeaknesses(weighWeaknesses(all, 7, waivers, NOW));

describe('a severe weakness', () => {
  it('E-13, NG-03: begins at exactly the limit, in tenths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (score, limit) => {
        const one = make({ severity: 'low', score: score / 10 });
        expect(isSevere(one, limit / 10)).toBe(score >= limit);
      }),
    );
  });

  it.each([
    ['low', 6.9, 'pass'],
    ['low', 7, 'fail'],
    ['moderate', undefined, 'pass'],
    ['high', undefined, 'fail'],
    ['high', 5, 'fail'],
    ['critical', 9.8, 'fail'],
  ] as const)('GO-04, NG-03: %s with a score of %s is %s', (severity, score, outcome) => {
    expect(judge([make({ severity, ...(score === undefined ? {} : { score }) })]).outcome).toBe(outcome);
  });

  it('E-13: in development alone it warns', () => {
    const judged = judge([make({ isDevOnly: true })]);
    expect(judged).toMatchObject({ outcome: 'warn', said: expect.stringContaining('not in production') });
  });

  it('GO-04: is told with its id, package and fix', () => {
    const judged = judge([make({ score: 7.5, fix: 'npm audit fix' })]);
    expect(judged.said).toBe('GHSA-hrpp-h998-j3pp in qs (high 7.5)');
    expect(judged.remedy).toContain('qs: npm audit fix');
  });

  it('HOP-08: ends in exactly one place, whatever it is', () => {
    const any = fc.record({
      ids: fc.constant(['A']),
      where: fc.constant('x'),
      title: fc.constant(''),
      severity: fc.constantFrom(...SEVERITIES),
      score: fc.double({ min: 0, max: 10, noNaN: true }),
      isDevOnly: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), fc.boolean(), (all, isWaived) => {
        const sorted = weighWeaknesses(all, 7, isWaived ? [waiver({ id: 'a' })] : [], NOW);
        const { blocking, waived, devOnly, mild } = sorted;
        expect(blocking.length + waived.length + devOnly.length + mild.length).toBe(all.length);
        expect(judgeWeaknesses(sorted).outcome === 'fail').toBe(blocking.length > 0);
      }),
    );
  });
});

describe('a waiver of an advisory', () => {
  it('E-13: demotes its advisory by any of its names, and stays visible', () => {
    for (const id of ['GHSA-hrpp-h998-j3pp', 'cve-2022-24999']) {
      const judged = judge([make()], [waiver({ id })]);
      expect(judged.outcome).toBe('warn');
      expect(judged.said).toContain('accepted by Dana Ito until 2026-12-01: input is never parsed');
    }
    expect(judge([make()], [waiver({ id: 'GHSA-other' })]).outcome).toBe('fail');
  });

  it.each([
    ['2026-11-24', 'warn'],
    ['2026-11-23', 'fail'],
    ['2026-99-99', 'fail'],
  ])('E-13: that ends on %s, on the 24th of November, is %s', (until, outcome) => {
    expect(judge([make()], [waiver({ until })]).outcome).toBe(outcome);
  });

  it('E-13: that has ended is told', () => {
    expect(judge([make()], [waiver({ until: '2026-11-01' })]).said).toContain(
      'the waiver of ghsa-HRPP-h998-j3pp ended on 2026-11-01',
    );
  });
});
