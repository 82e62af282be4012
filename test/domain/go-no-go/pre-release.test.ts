import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLikeness } from '../../../src/domain/go-no-go/judge-likeness.ts';
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
          expect([unacceptable === 0, (percent ?? 0) > 90 && (percent ?? 0) <= 100]).toEqual([true, true]);
      }),
    );
  });
});

it('a rule speaks as a judge: a hold fails and leaves the decision to people', () => {
  expect(judgeByRule({ call: 'go', why: 'x' })).toEqual({ outcome: 'pass', said: 'x' });
  expect(judgeByRule({ call: 'hold', why: 'x' })).toEqual({ outcome: 'fail', holds: true, said: 'x' });
  expect(judgeByRule({ call: 'no-go', why: 'x' })).toEqual({ outcome: 'fail', said: 'x' });
});
