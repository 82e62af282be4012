import { describe, expect, it } from 'vitest';
import { withinTime } from '../../../src/cli/own-checks/within-time.ts';

const forEver = (): never => {
  for (;;);
};

describe('work that has to return', () => {
  it('gives what it returns, also a promise, and throws what it throws', async () => {
    expect(withinTime(60_000, () => 7)).toBe(7);
    expect(await withinTime(60_000, async () => 'later')).toBe('later');
    const own = new RangeError('mine');
    expect(() =>
      withinTime(60_000, () => {
        throw own;
      }),
    ).toThrow(own);
  });

  it('is ended when it goes round for ever, as often as it is asked', () => {
    for (const _ of [1, 2])
      expect(() => withinTime(20, forEver)).toThrow('it kept the program to itself for 20 ms');
    expect(withinTime(60_000, () => 'still here')).toBe('still here');
  });

  it('may hold more of its kind, each with a time of its own', () => {
    const inner = (): string => {
      expect(() => withinTime(20, forEver)).toThrow('kept the program');
      return withinTime(60_000, () => 'inner');
    };
    expect(withinTime(60_000, () => `${inner()} and outer`)).toBe('inner and outer');
  });
});
