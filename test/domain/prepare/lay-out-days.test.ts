import { describe, expect, it } from 'vitest';
import type { Calendar, Schedule } from '../../../src/domain/calendar/calendar.ts';
import { findEarliest, layOutDays } from '../../../src/domain/prepare/lay-out-days.ts';

const calendar: Calendar = {
  businessDays: [1, 2, 3, 4, 5],
  holidays: [
    { date: '2026-11-26', name: 'Thanksgiving', everyYear: false },
    { date: '2026-12-25', name: 'Christmas', everyYear: true },
  ],
  freezes: [{ from: '2026-12-18', to: '2027-01-03', reason: 'year end', zone: 'America/New_York' }],
};
const schedule: Schedule = {
  days: [2, 3, 4],
  from: '10:00',
  to: '14:00',
  zone: 'America/New_York',
  needsMinutes: 150,
  calendar,
};
const days = { schedule, calendar };
const plan = (today: string, day?: string) => {
  const laid = layOutDays(days, today, day);
  if ('impossible' in laid) throw new Error(laid.impossible);
  return laid.plan;
};
const why = (today: string, day: string) => {
  const laid = layOutDays(days, today, day);
  return 'impossible' in laid ? laid.impossible : 'possible';
};

describe('the dated plan', () => {
  it('PRE-33, E-01: counts business days over weekend and holiday', () => {
    const { rows } = plan('2026-11-23', '2026-12-03');
    expect(rows.map(({ label, from, to }) => `${label} ${from} ${to}`)).toEqual([
      'T-7 2026-11-23 2026-11-23',
      'T-6…T-5 2026-11-24 2026-11-25',
      'T-4 2026-11-27 2026-11-27',
      'T-3…T-2 2026-11-30 2026-12-01',
      'T-1 2026-12-02 2026-12-02',
      'T-0 2026-12-03 2026-12-03',
      'T+1 2026-12-04 2026-12-04',
      'T+2…T+3 2026-12-07 2026-12-08',
      'T+3…T+5 2026-12-08 2026-12-10',
      'T+5…T+7 2026-12-10 2026-12-14',
    ]);
  });

  it('PRE-25: without a date takes the first day that has a window and seven business days before it', () => {
    expect(findEarliest(days, '2026-11-23')).toBe('2026-12-03');
    expect(findEarliest(days, '2026-11-24')).toBe('2026-12-08');
    expect(findEarliest(days, '2026-11-28')).toBe('2026-12-09');
  });

  it.each([
    ['2026-11-20', 'has passed'],
    ['2026-12-05', 'is no business day'],
    ['2026-12-07', 'has no deployment window'],
    ['2026-12-25', 'is Christmas'],
    ['2026-12-22', 'is frozen: year end'],
    ['2026-12-02', 'T-7 of 2026-12-02 was 2026-11-20, and today is 2026-11-23'],
  ])('E-01: refuses %s: %s', (day, reason) => {
    expect(why('2026-11-23', day)).toContain(reason);
  });

  it('PRE-33: counts T-7 of what is prepared from its first candidate, and not from today', () => {
    const since = '2026-11-23';
    expect(layOutDays(days, '2026-12-02', '2026-12-03', since)).toHaveProperty('plan');
    expect(layOutDays(days, '2026-11-30', '2026-12-02', since)).toMatchObject({
      impossible: 'T-7 of 2026-12-02 was 2026-11-20, and the first candidate is of 2026-11-23',
      earliest: '2026-12-03',
    });
    expect(findEarliest(days, '2026-12-05', since)).toBe('2026-12-08');
  });

  it('names the earliest day that would do', () => {
    expect(layOutDays(days, '2026-11-23', '2026-12-02')).toMatchObject({ earliest: '2026-12-03' });
  });

  it('E-09: the window is that of the day: 10:00 before and after the clocks change', () => {
    const starts = (day: string) => new Date(plan('2026-10-01', day).slot?.starts ?? 0).toISOString();
    expect([starts('2026-10-29'), starts('2026-11-03')]).toEqual([
      '2026-10-29T14:00:00.000Z',
      '2026-11-03T15:00:00.000Z',
    ]);
  });

  it('without a window any business day will do', () => {
    expect(layOutDays({ schedule: undefined, calendar }, '2026-11-23', '2026-12-07')).toHaveProperty('plan');
  });
});
