import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLine } from '../../../src/report/chart/cut-line.ts';
import { SampleFold } from '../../../src/report/chart/fold-samples.ts';
import { listTicks, roundUp, shareOf } from '../../../src/report/chart/nice-scale.ts';
import { placeLabels } from '../../../src/report/chart/place-labels.ts';
import { writePoints } from '../../../src/report/chart/points.ts';
import { findWorst, sumBroken } from '../../../src/report/chart/series.ts';
import { listTimes } from '../../../src/report/chart/time-ticks.ts';

const stretch = (at: number, value: number, highest = value) => ({
  ...{ at, lowest: value, highest, falls: false, count: 1 },
});

describe('a scale', () => {
  it('ends at a round number that is not below what it shows', () => {
    expect([0.3, 6.2, 185, 1000, 1013].map(roundUp)).toEqual([0.5, 10, 200, 1000, 2000]);
    expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(roundUp)).toEqual([1, 1, 1, 1]);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (n) => roundUp(n) >= n * (1 - 1e-9)),
    );
  });

  it('has round numbers within its ends alone', () => {
    expect(listTicks([0, 10])).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(listTicks([90, 100], 2)).toEqual([90, 95, 100]);
    expect(listTicks([5, 5])).toEqual([5]);
  });

  it('draws what lies outside at its edge', () => {
    expect([-5, 0, 5, 10, 99].map((value) => shareOf(value, [0, 10]))).toEqual([0, 0, 0.5, 1, 1]);
    expect(shareOf(3, [3, 3])).toBe(0);
  });
});

describe('moments of an axis', () => {
  it('are round on the clock of the reader, and no more than asked for', () => {
    const noon = Date.UTC(2025, 9, 1, 12, 3);
    const { stepMs, at } = listTimes([noon, noon + 40 * 60_000]);
    expect(stepMs).toBe(10 * 60_000);
    expect(at.map((one) => new Date(one).toISOString().slice(11, 16))).toEqual([
      '12:10',
      '12:20',
      '12:30',
      '12:40',
    ]);
    const half = 5.5 * 3_600_000;
    const hours = listTimes([noon, noon + 5 * 3_600_000], 5, half).at;
    expect(hours.every((one) => (one + half) % 3_600_000 === 0)).toBe(true);
  });

  it('lie within any span, however short or long', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1, max: 1e12 }));
    fc.assert(
      fc.property(span, ([from, length]) => {
        const { at } = listTimes([from, from + length]);
        expect(at.length).toBeLessThanOrEqual(5);
        expect(at.every((one) => one >= from && one <= from + length)).toBe(true);
      }),
    );
    expect(listTimes([7, 7]).at).toEqual([7]);
  });
});

describe('many measurements', () => {
  it('are few stretches that keep the highest and the lowest of all', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(values, (all) => {
        const fold = new SampleFold('value', 16);
        for (const [i, value] of all.entries()) fold.take(i * 1000, value);
        const kept = fold.list();
        expect(kept.length).toBeLessThanOrEqual(16);
        expect(Math.max(...kept.map(({ highest }) => highest))).toBe(Math.max(...all));
        expect(Math.min(...kept.map(({ lowest }) => lowest))).toBe(Math.min(...all));
        expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      }),
    );
  });

  it('are drawn with the earlier extreme first', () => {
    const fold = new SampleFold('value', 1);
    for (const [i, value] of [5, 9, 1].entries()) fold.take(i * 1000, value);
    const [one] = fold.list();
    expect(one).toMatchObject({ lowest: 1, highest: 9, falls: true });
    expect(writePoints(one ? [one] : [], { time: [0, 4000], values: [0, 10] })).toBe('0,10 0,90');
  });

  it('are pooled where they are counts, by the minute at least, and nothing asked is none', () => {
    const fold = new SampleFold('count');
    fold.takeCount(1000, 1, 1);
    fold.takeCount(31_000, 0, 3);
    fold.takeCount(61_000, 0, 0);
    expect(fold.list()).toMatchObject([{ at: 0, lowest: 25, highest: 25 }]);
  });
});

describe('a line', () => {
  it('is interrupted where nobody measured', () => {
    const line = [stretch(0, 1), stretch(1000, 2), stretch(9000, 3), stretch(10_000, 4)];
    const lengths = (gaps: readonly (readonly [number, number])[]) =>
      cutLine(line, { apartMs: 5000, gaps }).map(({ length }) => length);
    expect(lengths([])).toEqual([2, 2]);
    expect(lengths([[9200, 9900]])).toEqual([2, 1, 1]);
  });

  it('of one measurement is a dot, not nothing', () => {
    expect(writePoints([stretch(500, 5)], { time: [0, 1000], values: [0, 10] })).toBe('500,50 500,50');
  });

  it('breaks a bound until the next reading, and a silence breaks nothing', () => {
    const series = {
      stretchMs: 1000,
      stretches: [stretch(0, 9), stretch(30_000, 1), stretch(40_000, 9), stretch(900_000, 1)],
    };
    expect(sumBroken(series, 5)).toBe(150_000);
    expect(sumBroken(series, 5, true)).toBe(11_000);
    expect(findWorst(series.stretches)).toEqual({ at: 0, value: 9 });
    expect(findWorst(series.stretches, true)).toEqual({ at: 30_000, value: 1 });
    expect(findWorst([])).toBeUndefined();
  });
});

it('labels that would lie on each other stand above each other', () => {
  expect(placeLabels([0.1, 0.12, 0.13, 0.5, 0.51], 0.05)).toEqual([0, 1, 2, 0, 1]);
});
