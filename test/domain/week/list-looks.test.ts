import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDueLooks, listLooks } from '../../../src/domain/week/list-looks.ts';

const HOUR = 3_600_000;
const plan = listLooks(2.001, 48);

describe('the looks after a watch of two hours', () => {
  it('V24-01, SUC-08: come every hour to the end of the clean hours', () => {
    expect(plan.filter((hour) => hour <= 48)).toEqual(Array.from({ length: 46 }, (_, i) => i + 3));
    expect(listLooks(2.001, 12).filter((hour) => hour <= 24)).toHaveLength(22);
  });

  it('V7-01: come every day after that, to the end of the week', () => {
    expect(plan.filter((hour) => hour > 48)).toEqual([72, 96, 120, 144, 168]);
    expect(listLooks(2.001, 24).slice(-6)).toEqual([48, 72, 96, 120, 144, 168]);
  });

  it('are due from their hour to the next; later they are missed', () => {
    const due = (hours: number, known: readonly number[] = []) =>
      findDueLooks(plan, new Set(known), hours * HOUR);
    expect(due(2.99)).toEqual({ now: undefined, missed: [], next: 3 });
    expect(due(3)).toEqual({ now: 3, missed: [], next: 4 });
    expect(due(3.5, [3])).toEqual({ now: undefined, missed: [], next: 4 });
    expect(due(6.2, [3])).toEqual({ now: 6, missed: [4, 5], next: 7 });
    expect(
      due(
        167,
        plan.filter((hour) => hour < 144),
      ),
    ).toEqual({ now: 144, missed: [], next: 168 });
    expect(due(500, plan)).toEqual({ now: undefined, missed: [], next: undefined });
  });

  it('each is at every moment exactly one of: known, due, missed, still to come', () => {
    const hours = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(hours, fc.subarray([...plan]), (at, known) => {
        const due = findDueLooks(plan, new Set(known), at * HOUR);
        const wrong = plan.filter((hour) => {
          const is = [known.includes(hour), due.now === hour, due.missed.includes(hour)];
          const isPast = known.includes(hour) || hour * HOUR <= at * HOUR;
          return is.filter(Boolean).length !== (isPast ? 1 : 0);
        });
        expect(wrong).toEqual([]);
        expect(due.next).toBe(plan.find((hour) => hour * HOUR > at * HOUR));
      }),
    );
  });
});
