import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, isBusinessDay } from '../../../src/domain/calendar/business-days.ts';
import type { Calendar } from '../../../src/domain/calendar/calendar.ts';
import { addDays, daysBetween, weekdayOf } from '../../../src/domain/calendar/dates.ts';

const calendar: Calendar = {
  businessDays: [1, 2, 3, 4, 5],
  holidays: [
    { date: '2026-11-26', name: 'Thanksgiving', everyYear: false },
    { date: '2020-12-25', name: 'Christmas Day', everyYear: true },
    { date: '2024-02-29', name: 'Leap day', everyYear: true },
  ],
  freezes: [],
};
const anyDate = fc.integer({ min: 0, max: 366 * 40 }).map((days) => addDays('2010-01-01', days));
const anyCalendar = fc
  .record({
    businessDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    holidays: fc.array(anyDate.map((date) => ({ date, name: 'x', everyYear: true }))),
  })
  .map((parts): Calendar => ({ ...parts, freezes: [] }));

describe('business days', () => {
  it.each([
    ['2026-11-25', true, 'a Wednesday'],
    ['2026-11-26', false, 'a holiday of one year'],
    ['2027-11-26', true, 'which does not come again'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-12-25', false, 'a holiday of every year'],
    ['2028-02-29', false, 'a leap day that comes again'],
    ['2027-03-01', true, 'and is no other day in other years'],
  ])('PRE-33: %s → %s (%s)', (date, is) => {
    expect(isBusinessDay(calendar, date)).toBe(is);
  });

  it.each([
    ['2026-11-24', -3, '2026-11-19', 'T-3 of a Tuesday is a Thursday, no Saturday'],
    ['2026-11-18', -4, '2026-11-12', 'T-4 of a Wednesday is no Saturday either'],
    ['2026-11-24', 3, '2026-11-30', 'over Thanksgiving and a weekend'],
    ['2026-12-24', 1, '2026-12-28', 'over Christmas'],
    ['2026-12-31', 1, '2027-01-01', 'over the turn of the year'],
    ['2028-02-28', 1, '2028-03-01', 'over a leap day that is a holiday'],
    ['2026-11-28', 0, '2026-11-28', 'no step is no step'],
  ])('E-01: %s %i business days → %s (%s)', (date, count, wanted) => {
    expect(addBusinessDays(calendar, date, count)).toBe(wanted);
  });

  it('E-01: lands on business days alone, with exactly as many on the way', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, fc.integer({ min: -30, max: 30 }), (some, date, count) => {
        const landed = addBusinessDays(some, date, count);
        if (landed === undefined || count === 0) return;
        expect(isBusinessDay(some, landed)).toBe(true);
        const step = Math.sign(count);
        const way = Array.from({ length: Math.abs(daysBetween(date, landed)) }, (_, i) =>
          addDays(date, step * (i + 1)),
        );
        expect(way.filter((day) => isBusinessDay(some, day))).toHaveLength(Math.abs(count));
      }),
    );
  });

  it('E-01: from a business day, as many steps back as forth lead home', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, fc.integer({ min: 1, max: 40 }), (some, date, count) => {
        const there = isBusinessDay(some, date) ? addBusinessDays(some, date, count) : undefined;
        if (there !== undefined) expect(addBusinessDays(some, there, -count)).toBe(date);
      }),
    );
  });

  it('says that a day is not reached within a year, and ends', () => {
    const never: Calendar = {
      businessDays: [1],
      holidays: Array.from({ length: 2000 }, (_, i) => addDays('2025-01-01', i))
        .filter((day) => weekdayOf(day) === 1)
        .map((date) => ({ date, name: 'closed', everyYear: false })),
      freezes: [],
    };
    expect(addBusinessDays(never, '2026-11-25', 1)).toBeUndefined();
    expect(addBusinessDays({ ...never, businessDays: [] }, '2026-11-25', -1)).toBeUndefined();
    expect(addBusinessDays(calendar, '2026-11-25', 1e9)).toBeUndefined();
    expect(addBusinessDays(calendar, '2026-11-25', Number.NaN)).toBeUndefined();
  });
});
