import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeEndpoint, judgeSuite, type Sample } from '../../src/domain/smoke.ts';

const limits = { p95Ms: 100, maxMs: 200, errorPercent: 0.1 };
const rule = { limits, needed: 20, closePercent: 90 };
const times = (...ms: number[]): Sample[] => ms.map((tookMs) => ({ tookMs }));
const twenty = (ms: number): Sample[] => Array.from({ length: 20 }, () => ({ tookMs: ms }));

describe('one endpoint', () => {
  it('SMK-01L: passes with twenty fast answers', () => {
    expect(judgeEndpoint(twenty(50), rule)).toMatchObject({ state: 'pass', n: 20, p95Ms: 50, maxMs: 50 });
  });

  it('is close from nine tenths of a limit on', () => {
    expect(judgeEndpoint(twenty(89), rule).state).toBe('pass');
    expect(judgeEndpoint(twenty(90), rule).state).toBe('close');
  });

  it('fails when the P95 is over its limit, although the max is not', () => {
    expect(judgeEndpoint([...times(101, 101), ...twenty(10).slice(2)], rule)).toMatchObject({
      state: 'fail',
      p95Ms: 101,
    });
  });

  it('fails for a single answer over the max', () => {
    expect(judgeEndpoint([...twenty(10).slice(1), { tookMs: 201 }], rule)).toMatchObject({
      state: 'fail',
      maxMs: 201,
    });
  });

  it('fails when the share of wrong answers is over the limit', () => {
    expect(judgeEndpoint([...twenty(10).slice(1), { tookMs: 10, wrong: 'HTTP 500' }], rule)).toMatchObject({
      state: 'fail',
      said: '1 of 20 wrong: HTTP 500',
    });
  });

  it('E-24: is unknown below the number of samples, never a pass', () => {
    expect(judgeEndpoint(twenty(10).slice(1), rule)).toMatchObject({ state: 'unknown', n: 19 });
    expect(judgeEndpoint([], rule)).toMatchObject({ state: 'unknown', said: 'not run', p95Ms: null });
  });

  it('judges a call that writes by its max alone', () => {
    expect(judgeEndpoint(times(150), { ...rule, needed: 1 })).toMatchObject({
      state: 'pass',
      p95Ms: null,
      maxMs: 150,
    });
    expect(judgeEndpoint(times(201), { ...rule, needed: 1 }).state).toBe('fail');
  });

  it('never passes with a time over a limit or too few samples', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }), (ms) => {
        const { state } = judgeEndpoint(times(...ms), rule);
        if (state === 'pass') expect(ms.length >= 20 && Math.max(...ms) <= 200).toBe(true);
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
