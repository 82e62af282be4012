import { describe, expect, it } from 'vitest';
import { cleanToProve, highestShare, judgeShare } from '../../../src/domain/smoke/error-share.ts';

describe('a limit on the share of errors', () => {
  it.each([
    [0.1, 2995],
    [0.5, 598],
    [1, 299],
    [2, 149],
  ])('E-24: of %f %% takes %i clean samples to prove', (limit, n) => {
    expect(cleanToProve(limit)).toBe(n);
    expect(judgeShare(0, n - 1, limit)).toBe('watch');
    expect(judgeShare(0, n, limit)).toBe('pass');
  });

  it.each([
    [4742, 0.1],
    [947, 0.5],
    [473, 1],
    [236, 2],
  ])('E-24: takes %i samples with one error in them, for %f %%', (n, limit) => {
    expect(judgeShare(1, n - 1, limit)).toBe('watch');
    expect(judgeShare(1, n, limit)).toBe('pass');
  });

  it('E-24: of 0.1 % is not passed by 40 clean samples, and they say how little they know', () => {
    expect(judgeShare(0, 40, 0.1)).toBe('watch');
    expect(highestShare(0, 124)).toBeCloseTo(2.387, 3);
    expect(highestShare(0, 7200)).toBeCloseTo(0.0416, 4);
  });

  it('fails where the share itself is over it, however few the samples are', () => {
    expect([judgeShare(1, 1, 1), judgeShare(2, 124, 1), judgeShare(1, 124, 1)]).toEqual([
      'fail',
      'fail',
      'watch',
    ]);
  });

  it('knows nothing from nothing', () => {
    expect([judgeShare(0, 0, 1), highestShare(0, 0), highestShare(3, 3)]).toEqual(['watch', 100, 100]);
  });
});
