import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndToEnd, judgeEndToEnd } from '../../../src/domain/go-no-go/judge-end-to-end.ts';
import { judgeLikeness } from '../../../src/domain/go-no-go/judge-likeness.ts';
import {
  judgeVulnerabilities,
  type Vulnerability,
} from '../../../src/domain/go-no-go/judge-vulnerabilities.ts';
import { judgeByRule } from '../../../src/domain/go-no-go/rule-answer.ts';

const CALLS = ['go', 'hold', 'no-go'];
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, -0, -1, Number.POSITIVE_INFINITY, 80, 90, 95, 100, 100.0001),
);
const anyMeasure = fc.option(anyNumber, { nil: undefined });

describe('staging parity before a release', () => {
  const bounds = { go: 90, noGo: 80 };
  const judge = (percent: number | undefined, unacceptable: number | undefined = 0) =>
    judgeLikeness({ percent, unacceptable }, bounds).call;

  it.each([
    [100, 'go'],
    [90 + 1e-9, 'go'],
    [90, 'hold'],
    [90 - 1e-9, 'hold'],
    [85, 'hold'],
    [80, 'hold'],
    [80 - 1e-9, 'no-go'],
    [0, 'no-go'],
    [-1e-9, 'hold'],
    [100 + 1e-9, 'hold'],
    [Number.NaN, 'hold'],
    [undefined, 'hold'],
  ])('GO-05, NG-07: %s percent is %s', (percent, call) => {
    expect(judge(percent)).toBe(call);
  });

  it('NG-07: an unacceptable difference is NO-GO at any score, also where nothing else could be compared', () => {
    fc.assert(
      fc.property(anyMeasure, fc.integer({ min: 1 }), (percent, count) => judge(percent, count) === 'no-go'),
    );
  });

  it('GO-05: every score has one verdict, and a better score never a worse one', () => {
    const share = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [worse, better] = a < b ? [a, b] : [b, a];
        expect(CALLS.indexOf(judge(better))).toBeLessThanOrEqual(CALLS.indexOf(judge(worse)));
      }),
    );
  });

  it('GO-05: what cannot be compared is never a go', () => {
    fc.assert(
      fc.property(anyMeasure, anyMeasure, (percent, unacceptable) => {
        const call = judgeLikeness({ percent, unacceptable }, bounds).call;
        expect(CALLS).toContain(call);
        if (call === 'go')
          expect([unacceptable, (percent ?? 0) > 90 && (percent ?? 0) <= 100]).toEqual([0, true]);
      }),
    );
  });
});

describe('end-to-end tests before a release', () => {
  const report = (change: Partial<EndToEnd> = {}): EndToEnd => ({
    passed: 100,
    total: 100,
    criticalFailed: 0,
    criticalMissing: 0,
    isOfCandidate: true,
    ...change,
  });
  const judge = (change: Partial<EndToEnd>) => judgeEndToEnd(report(change), 95).call;

  it.each([
    [95, 100, 'go'],
    [57, 60, 'go'],
    [19, 20, 'go'],
    [94, 100, 'no-go'],
    [9499, 10_000, 'no-go'],
    [9500, 10_000, 'go'],
    [0, 1, 'no-go'],
    [0, 0, 'hold'],
    [2, 1, 'hold'],
    [-1, 10, 'hold'],
    [9.5, 10, 'hold'],
    [Number.NaN, 10, 'hold'],
  ])('GO-01, NG-02: %s of %s passed is %s', (passed, total, call) => {
    expect(judge({ passed, total })).toBe(call);
  });

  it('GO-01: exactly the limit passes, whatever the number of tests', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
        expect(judge({ passed: 19 * n, total: 20 * n })).toBe('go');
        expect(judge({ passed: 19 * n - 1, total: 20 * n })).toBe('no-go');
      }),
    );
  });

  it('NG-02: a critical path that failed is NO-GO although nearly all passed; one that did not run is HOLD', () => {
    expect(judge({ passed: 999, total: 1000, criticalFailed: 1 })).toBe('no-go');
    expect(judge({ criticalMissing: 1 })).toBe('hold');
    expect(judge({ passed: 90, criticalMissing: 1 })).toBe('no-go');
  });

  it('GO-01: a report that is missing or about something else decides nothing, neither way', () => {
    expect(judgeEndToEnd(undefined, 95).call).toBe('hold');
    expect(judge({ isOfCandidate: false, criticalFailed: 3 })).toBe('hold');
    expect(judge({ isOfCandidate: undefined })).toBe('hold');
  });

  it('GO-01: every report has one verdict, and only whole numbers can be a go', () => {
    const any = fc.record({
      passed: anyNumber,
      total: anyNumber,
      criticalFailed: anyNumber,
      criticalMissing: anyNumber,
      isOfCandidate: fc.constantFrom(true, false, undefined),
    });
    fc.assert(
      fc.property(any, (one) => {
        const { call } = judgeEndToEnd(one, 95);
        expect(CALLS).toContain(call);
        if (call === 'go')
          expect(Object.values(one).every((v) => v === true || Number.isInteger(v))).toBe(true);
      }),
    );
  });
});

describe('known vulnerabilities before a release', () => {
  const weak = (change: Partial<Vulnerability> = {}): Vulnerability => ({
    id: 'GHSA-1',
    severity: undefined,
    cvss: undefined,
    isDevOnly: false,
    isWaived: false,
    ...change,
  });
  const judge = (...found: Partial<Vulnerability>[]) => judgeVulnerabilities(found.map(weak), 7).call;

  it.each([
    [{ cvss: 7 }, 'no-go'],
    [{ cvss: 7 - 1e-9 }, 'go'],
    [{ cvss: 10 }, 'no-go'],
    [{ cvss: 0.1 }, 'go'],
    [{ cvss: 0 }, 'hold'],
    [{ cvss: 10.1 }, 'hold'],
    [{ cvss: -1 }, 'hold'],
    [{ cvss: Number.NaN }, 'hold'],
    [{}, 'hold'],
    [{ severity: 'high' }, 'no-go'],
    [{ severity: 'critical' }, 'no-go'],
    [{ severity: 'moderate' }, 'go'],
    [{ severity: 'moderate', cvss: 7 }, 'no-go'],
    [{ severity: 'high', cvss: 3 }, 'no-go'],
    [{ severity: 'high', isDevOnly: true }, 'hold'],
    [{ cvss: 9.8, isWaived: true }, 'hold'],
  ] as const)('GO-04, NG-03: %o is %s', (change, call) => {
    expect(judge(change)).toBe(call);
  });

  it('GO-04: none known is a go, nobody looked is not', () => {
    expect(judge()).toBe('go');
    expect(judgeVulnerabilities(undefined, 7).call).toBe('hold');
  });

  it('NG-03: one more weakness never makes the verdict better', () => {
    const one = fc.record({
      id: fc.string(),
      severity: fc.constantFrom('critical', 'high', 'moderate', 'low', 'info', undefined),
      cvss: fc.option(anyNumber, { nil: undefined }),
      isDevOnly: fc.boolean(),
      isWaived: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one), one, (found, more) => {
        const [before, after] = [found, [...found, more]].map((all) => judgeVulnerabilities(all, 7).call);
        expect(CALLS.indexOf(after ?? '')).toBeGreaterThanOrEqual(CALLS.indexOf(before ?? ''));
      }),
    );
  });
});

it('a rule speaks as a judge: a hold fails and leaves the decision to people', () => {
  expect(judgeByRule({ call: 'go', why: 'x' })).toEqual({ outcome: 'pass', said: 'x' });
  expect(judgeByRule({ call: 'hold', why: 'x' })).toEqual({ outcome: 'fail', holds: true, said: 'x' });
  expect(judgeByRule({ call: 'no-go', why: 'x' })).toEqual({ outcome: 'fail', said: 'x' });
});
