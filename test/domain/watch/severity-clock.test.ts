import { describe, expect, it } from 'vitest';
import { leftOf, makeSeverityClock } from '../../../src/domain/watch/severity-clock.ts';

const LIMITS = {
  P0: { startWithinMinutes: 5, doneWithinMinutes: 15 },
  P1: { startWithinMinutes: 15, doneWithinMinutes: 30 },
  P2: { startWithinMinutes: 30 },
};
const MINUTE = 60_000;

describe('the two clocks of a severity', () => {
  it.each([
    ['RBC-P0, E-21', 'P0', 5, 15],
    ['RBC-P1, E-21', 'P1', 15, 30],
    ['RBC-P2, E-21', 'P2', 30, undefined],
    ['RBC-P3', 'P3', undefined, undefined],
  ] as const)('%s: %s starts within %s min and is done within %s', (_, level, start, done) => {
    const clock = makeSeverityClock(level, 1000, LIMITS);
    const minutesOf = (by: number | undefined) => by && (by - 1000) / MINUTE;
    expect([minutesOf(clock.startBy), minutesOf(clock.doneBy)]).toEqual([start, done]);
  });

  it('knows what is left, and how long it is overdue', () => {
    const { startBy } = makeSeverityClock('P0', 0, LIMITS);
    expect([leftOf(startBy, MINUTE), leftOf(startBy, 7 * MINUTE), leftOf(undefined, 0)]).toEqual([
      4 * MINUTE,
      -2 * MINUTE,
      undefined,
    ]);
  });
});
