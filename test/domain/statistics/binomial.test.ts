import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceOfAtLeast,
  isSurelyAbove,
  lowerBound,
  upperBound,
} from '../../../src/domain/statistics/binomial.ts';

/** Term by term, with whole numbers that a double holds. */
function sumUp(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let i = 0; i < k; i += 1) {
    below += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return 1 - below;
}

describe('bounds of a share', () => {
  it('are those of tables', () => {
    // Rule of three and its neighbours: 59 clean samples show less than 5 %, 2995 less than 0.1 % (E-24).
    expect(upperBound(0, 59)).toBeCloseTo(0.0495, 4);
    expect(upperBound(0, 2995)).toBeLessThan(0.001);
    expect(upperBound(0, 2994)).toBeGreaterThan(0.001);
    expect(lowerBound(1, 20)).toBeCloseTo(0.002561, 6);
    expect(lowerBound(5, 20)).toBeCloseTo(0.104081, 5);
    expect([lowerBound(0, 10), upperBound(10, 10), upperBound(0, 0)]).toEqual([0, 1, 1]);
  });

  it('agree with adding up the terms', () => {
    const some = fc.record({
      n: fc.integer({ min: 1, max: 400 }),
      k: fc.nat(400),
      p: fc.double({ min: 0.001, max: 0.6, noNaN: true }),
    });
    fc.assert(
      fc.property(some, ({ n, k, p }) => {
        fc.pre(k <= n);
        expect(chanceOfAtLeast(k, n, p)).toBeCloseTo(sumUp(k, n, p), 8);
      }),
    );
  });

  it('lie on both sides of the share, and say the same as the question whether it is surely above', () => {
    const pair = fc
      .integer({ min: 1, max: 5000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(pair, fc.double({ min: 0.0001, max: 0.9, noNaN: true }), ([k, n], p) => {
        const [low, high] = [lowerBound(k, n), upperBound(k, n)];
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        if (Math.abs(low - p) > 1e-9) expect(isSurelyAbove(k, n, p)).toBe(low > p);
      }),
    );
  });
});
