import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndpointRule, judgeEndpoint } from '../../../src/domain/smoke/judge-endpoint.ts';
import { judgeSuite } from '../../../src/domain/smoke/judge-suite.ts';
import { countKinds, cutOff, type Sample } from '../../../src/domain/smoke/sample.ts';

const limits = { p95Ms: 100, maxMs: 200, errorPercent: 0.1 };
const rule: EndpointRule = { limits, p95: 'here', closePercent: 90 };
const many = (n: number, ms: number): Sample[] => Array.from({ length: n }, () => ({ tookMs: ms }));
const mixed = (good: number, over: number): Sample[] => [...many(good, 50), ...many(over, 101)];

describe('one endpoint', () => {
  it('SMK-01L: passes with fifty-nine fast answers, and says what they are', () => {
    expect(judgeEndpoint(many(59, 50), rule)).toMatchObject({
      state: 'pass',
      verdict: 'pass',
      n: 59,
      p50Ms: 50,
      p95Ms: 50,
      maxMs: 50,
      ci95Ms: [50, null],
      overLimit: 0,
    });
  });

  it('E-24: never passes with twenty samples, however fast they are', () => {
    expect(judgeEndpoint(many(20, 1), rule)).toMatchObject({
      state: 'unknown',
      verdict: 'inconclusive',
      needed: 59,
      said: 'P95 not proven by 20 samples: 59 are needed',
    });
  });

  it.each([
    [122, 2, 'pass', 'pass'],
    [121, 3, 'unknown', 'inconclusive'],
    [114, 10, 'unknown', 'inconclusive'],
    [113, 11, 'fail', 'fail'],
  ] as const)(
    'PER-01: of 124 samples %i under and %i over the limit are %s',
    (good, over, state, verdict) => {
      expect(judgeEndpoint(mixed(good, over), rule)).toMatchObject({ state, verdict, overLimit: over });
    },
  );

  it('PER-01: says how many samples would settle it', () => {
    expect(judgeEndpoint(mixed(121, 3), rule).said).toBe(
      'P95 not proven by 3 of 124 samples over 100 ms: 153 are needed',
    );
    expect(judgeEndpoint(mixed(113, 11), rule).said).toBe('P95 101 ms, limit 100 ms: 11 of 124 over it');
  });

  it('T6: is not proven by the answers that came, where the suite ended before others did', () => {
    const said = 'the time was over before 1 of 125 answers came: measure again';
    expect(judgeEndpoint([...many(124, 50), cutOff(5)], rule)).toMatchObject({ state: 'unknown', said });
    expect(judgeEndpoint([...many(124, 50), cutOff(201)], rule)).toMatchObject({ state: 'fail', errors: 0 });
    const writes: EndpointRule = { ...rule, p95: 'watch' };
    expect(judgeEndpoint([...many(4, 50), cutOff(150)], writes).state).toBe('unknown');
    const many11 = Array.from({ length: 11 }, () => cutOff(101));
    expect(judgeEndpoint([...many(113, 50), ...many11], rule)).toMatchObject({
      state: 'fail',
      verdict: 'fail',
    });
  });

  it('T6: counts a try without an answer as over the limit', () => {
    const lost: Sample = { tookMs: Number.POSITIVE_INFINITY, wrong: 'ECONNRESET', error: 'connection' };
    const lenient: EndpointRule = { ...rule, limits: { ...limits, errorPercent: 50, maxMs: Infinity } };
    const three = Array.from({ length: 11 }, () => lost);
    expect(judgeEndpoint([...many(113, 50), ...three], lenient)).toMatchObject({
      state: 'fail',
      overLimit: 11,
    });
  });

  it('is close from nine tenths of a limit on', () => {
    expect(judgeEndpoint(many(59, 89), rule).state).toBe('pass');
    expect(judgeEndpoint(many(59, 90), rule)).toMatchObject({ state: 'close', verdict: 'pass' });
  });

  it('fails for a single answer over the max, whatever the P95 is', () => {
    expect(judgeEndpoint([...many(123, 10), { tookMs: 201 }], rule)).toMatchObject({
      state: 'fail',
      verdict: 'fail',
      maxMs: 201,
      said: 'max 201 ms is over 200 ms',
    });
  });

  it('T6: takes an answer that never came for one that took for ever', () => {
    const lost: Sample = { tookMs: Number.POSITIVE_INFINITY, wrong: 'no answer in 10 s', error: 'timeout' };
    const generous = { ...rule, limits: { ...limits, errorPercent: 5 } };
    expect(judgeEndpoint([...many(123, 10), lost], generous)).toMatchObject({
      state: 'fail',
      maxMs: null,
      overLimit: 1,
      said: 'max no answer is over 200 ms',
    });
    expect(
      countKinds([lost, lost, { tookMs: 1, wrong: 'HTTP 500', error: 'status' }, ...many(2, 1)]),
    ).toEqual({
      timeout: 2,
      status: 1,
    });
  });

  it('fails when the share of wrong answers is over the limit', () => {
    expect(judgeEndpoint([...many(123, 10), { tookMs: 10, wrong: 'HTTP 500' }], rule)).toMatchObject({
      state: 'fail',
      said: '1 of 124 wrong: HTTP 500',
      errorVerdict: 'fail',
    });
  });

  it('E-24: leaves a share of errors that so few samples cannot show to watch, and does not call it a pass', () => {
    expect(judgeEndpoint(many(124, 10), rule)).toMatchObject({
      state: 'pass',
      errorVerdict: 'watch',
      errorsUpTo: 2.39,
    });
    expect(judgeEndpoint(many(2995, 10), rule)).toMatchObject({ state: 'pass', errorVerdict: 'pass' });
  });

  describe('T7: measured by a prober that was busy', () => {
    const busy = (ms: number, lagMs: number): Sample => ({ tookMs: ms, lagMs });

    it('is judged by what it surely took, and is in no figure', () => {
      expect(
        judgeEndpoint([...many(120, 50), ...many(2, 101), busy(101, 8), busy(98, 90)], rule),
      ).toMatchObject({
        state: 'unknown',
        verdict: 'inconclusive',
        overLimit: 3,
        discarded: 2,
        maxMs: 101,
      });
      expect(judgeEndpoint([...many(122, 50), ...many(1, 101), busy(101, 8)], rule).verdict).toBe('pass');
      expect(judgeEndpoint([...mixed(113, 10), busy(101, 8)], rule).verdict).toBe('inconclusive');
      expect(judgeEndpoint([...mixed(113, 10), busy(120, 8)], rule).verdict).toBe('fail');
    });

    it('is in the figures after all where nearly nothing else is', () => {
      const { p95Ms, discarded } = judgeEndpoint([...many(29, 50), ...Array(30).fill(busy(70, 8))], rule);
      expect([p95Ms, discarded]).toEqual([70, 30]);
    });

    it('is no failure of the max, and no proof that there was none', () => {
      expect(judgeEndpoint([...many(123, 50), busy(205, 20)], rule)).toMatchObject({
        state: 'unknown',
        said: 'this machine was busy in a sample of 205 ms: measure again',
      });
      expect(judgeEndpoint([...many(123, 50), busy(230, 20)], rule).state).toBe('fail');
    });

    it('is as good as any other while the prober was away for less than 5 ms or a twentieth of it', () => {
      expect(judgeEndpoint([...many(123, 50), busy(50, 5)], rule).discarded).toBe(0);
      expect(judgeEndpoint([...many(123, 50), busy(50, 5.1)], rule).discarded).toBe(1);
      expect(judgeEndpoint([...many(123, 50), busy(180, 9)], rule).discarded).toBe(0);
    });
  });

  it('is unknown when it was not asked', () => {
    expect(judgeEndpoint([], rule)).toMatchObject({
      state: 'unknown',
      said: 'not run',
      n: 0,
      p95Ms: null,
      ci95Ms: [null, null],
    });
  });

  it('E-24: judges a call that writes by errors and max; its P95 is not proven, and no pass', () => {
    const few: EndpointRule = { ...rule, p95: 'watch' };
    const proven = { state: 'pass', verdict: 'inconclusive', needed: 59 };
    expect(judgeEndpoint(many(5, 90), few)).toMatchObject(proven);
    expect(judgeEndpoint(many(5, 150), few).state).toBe('pass');
    expect(judgeEndpoint(many(5, 201), few).state).toBe('fail');
    expect(judgeEndpoint(many(124, 150), few)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('never passes without what proves it', () => {
    const over = fc.array(fc.integer({ min: 0, max: 210 }), { maxLength: 200 });
    fc.assert(
      fc.property(over, (ms) => {
        const { verdict } = judgeEndpoint(
          ms.map((tookMs) => ({ tookMs })),
          rule,
        );
        if (verdict !== 'pass') return;
        expect(ms.length).toBeGreaterThanOrEqual(59);
        expect(Math.max(...ms)).toBeLessThanOrEqual(200);
        expect(ms.filter((one) => one > 100).length / ms.length).toBeLessThan(0.05);
      }),
    );
  });
});

describe('the suite', () => {
  it.each([
    [['pass', 'close', 'skip'], 'go'],
    [['pass', 'unknown'], 'hold'],
    [['pass', 'fail', 'unknown'], 'no-go'],
    [['skip'], 'no-go'],
    [[], 'no-go'],
  ] as const)('of %j is %s', (states, call) => {
    expect(judgeSuite(states)).toBe(call);
  });
});
