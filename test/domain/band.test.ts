import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Band, judgeBands } from '../../src/domain/band.ts';

const bands: readonly Band[] = [
  { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5 },
  { level: 'P2', row: 'RBC-P2-1', from: 1, dwellMinutes: 15 },
  { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 },
  { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 },
];
const minutes = (count: number, value: number | undefined): (number | undefined)[] =>
  Array(count).fill(value);
const fired = (readings: readonly (number | undefined)[]): string | undefined =>
  judgeBands(bands, readings).fired?.band.level;

describe('bands of a reading', () => {
  it.each([
    ['RBC-P0-1', 5, 5, 'P0'],
    ['RBC-P1-1', 2, 10, 'P1'],
    ['RBC-P2-1', 1, 15, 'P2'],
    ['SUC-01', 0.5, 5, 'hold'],
  ])(
    '%s: fires at its bound when it lasted long enough, and not a minute or a hair before',
    (_, bound, dwell, level) => {
      expect(fired(minutes(dwell, bound))).toBe(level);
      expect(fired(minutes(dwell - 1, bound))).not.toBe(level);
      expect(fired(minutes(dwell, bound - 1e-9))).not.toBe(level);
    },
  );

  it('E-14: counts time in a worse band for every milder one', () => {
    expect(fired([...minutes(4, 6), ...minutes(6, 2)])).toBe('P1');
  });

  it('starts anew after a minute without a reading: what was not measured is no breach, and no health', () => {
    expect(fired([...minutes(4, 9), undefined, ...minutes(4, 9)])).toBeUndefined();
  });

  it('says how far a band has come that has not fired yet', () => {
    const { building } = judgeBands(bands, [0.1, 6, 6, 6]);
    expect(building.map(({ band, minutes: lasted }) => [band.level, lasted])).toEqual([
      ['hold', 3],
      ['P2', 3],
      ['P1', 3],
      ['P0', 3],
    ]);
  });

  it('takes a band from above as well: a share of successes that is too small', () => {
    const low: readonly Band[] = [{ level: 'P0', row: 'RBC-P0-4', below: 90, dwellMinutes: 0 }];
    expect(judgeBands(low, [89.99]).fired?.band.level).toBe('P0');
    expect(judgeBands(low, [90]).fired).toBeUndefined();
    expect(judgeBands(low, [undefined]).fired).toBeUndefined();
  });

  it('never fires on readings that are all below the mildest bound', () => {
    const quiet = fc.array(fc.option(fc.double({ min: 0, max: 0.4999, noNaN: true }), { nil: undefined }));
    fc.assert(fc.property(quiet, (readings) => fired(readings) === undefined));
  });

  it('fires with the worst of the bands that have lasted', () => {
    expect(fired(minutes(30, 7))).toBe('P0');
  });
});
