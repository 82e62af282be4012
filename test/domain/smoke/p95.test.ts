import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeP95,
  leastOverToFail,
  mostOverToPass,
  rankInterval,
  samplesToPass,
} from '../../../src/domain/smoke/p95.ts';
import { chanceOfAtMost } from '../../../src/domain/statistics/binomial.ts';

describe('the P95 of so many samples', () => {
  it.each([
    [10, [8, undefined], -1, 3],
    [20, [17, undefined], -1, 4],
    [59, [52, undefined], 0, 7],
    [73, [65, 73], 0, 8],
    [93, [84, 93], 1, 9],
    [124, [113, 123], 2, 11],
    [181, [166, 178], 4, 15],
    [250, [230, 245], 6, 19],
    [500, [465, 485], 16, 34],
    [1000, [936, 964], 38, 63],
  ])('E-24: of %i lies between ranks %j, passes up to %i over and fails from %i', (n, ranks, pass, fail) => {
    expect(rankInterval(n)).toEqual(ranks);
    expect([mostOverToPass(n), leastOverToFail(n)]).toEqual([pass, fail]);
  });

  it('E-24: needs 59 with none over the limit, 124 with two, 286 with eight', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(samplesToPass)).toEqual([
      59, 93, 124, 153, 181, 208, 234, 260, 286,
    ]);
  });

  it.each([
    [0, 20, 'inconclusive', 59],
    [0, 58, 'inconclusive', 59],
    [0, 59, 'pass', 59],
    [1, 59, 'inconclusive', 93],
    [2, 124, 'pass', 124],
    [3, 124, 'inconclusive', 153],
    [10, 124, 'inconclusive', 336],
    [11, 124, 'fail', 124],
    [3, 10, 'fail', 10],
    [0, 0, 'inconclusive', 59],
  ] as const)(
    'E-24: with %i of %i over its limit is %s, and %i would settle it',
    (over, n, verdict, needed) => {
      expect(judgeP95(over, n)).toEqual({ verdict, needed });
    },
  );

  it('never both passes and fails, and fails no more easily with fewer over the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (n) => {
        expect(mostOverToPass(n)).toBeLessThan(leastOverToFail(n));
        expect(chanceOfAtMost(mostOverToPass(n), n, 0.05)).toBeLessThanOrEqual(0.05);
        expect(chanceOfAtMost(leastOverToFail(n) - 2, n, 0.05)).toBeLessThanOrEqual(0.95);
      }),
    );
  });
});

describe('a binomial sum', () => {
  it('is exact at its ends and for thousands of tries', () => {
    expect([
      chanceOfAtMost(-1, 5, 0.5),
      chanceOfAtMost(5, 5, 0.5),
      chanceOfAtMost(2, 5, 0),
      chanceOfAtMost(2, 5, 1),
    ]).toEqual([0, 1, 1, 0]);
    expect(chanceOfAtMost(2, 4, 0.5)).toBeCloseTo(11 / 16, 12);
    expect(chanceOfAtMost(5000, 10_000, 0.5)).toBeCloseTo(0.50398936, 6);
  });
});
