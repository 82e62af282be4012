import { expect, it } from 'vitest';
import type { Calendar, Schedule } from '../../../src/domain/calendar/calendar.ts';
import { findFreezeStart } from '../../../src/domain/freeze/find-freeze-start.ts';

const zone = 'America/New_York';
const calendar: Calendar = {
  businessDays: [1, 2, 3, 4, 5],
  holidays: [{ date: '2026-11-26', name: 'Thanksgiving', everyYear: false }],
  freezes: [],
};
const schedule: Schedule = { days: [2, 3, 4], from: '10:00', to: '14:00', zone, needsMinutes: 150, calendar };
const startAt = (now: string, days = 1, at = '00:00', window: Schedule | undefined = schedule): string =>
  new Date(
    findFreezeStart({ schedule: window, calendar, zone }, Date.parse(now), { businessDays: days, at }),
  ).toISOString();

it.each([
  ['inside of the window', '2026-11-24T15:00:00Z', '2026-11-23T05:00:00.000Z'],
  ['in the morning of that day', '2026-11-24T12:00:00Z', '2026-11-23T05:00:00.000Z'],
  ['a day before', '2026-11-23T20:00:00Z', '2026-11-23T05:00:00.000Z'],
  ['after the latest start: the next day counts', '2026-11-24T17:00:00Z', '2026-11-24T05:00:00.000Z'],
  ['over a weekend and a holiday', '2026-11-25T18:00:00Z', '2026-11-30T05:00:00.000Z'],
])(
  'PRE-26: the freeze begins a business day before the day of the window, asked %s',
  (_name, now, begins) => {
    expect(startAt(now)).toBe(begins);
  },
);

it('PRE-26: counts business days back over a holiday, and takes the hour by the clock of the zone', () => {
  expect(startAt('2026-12-01T15:00:00Z', 3, '17:00')).toBe('2026-11-25T22:00:00.000Z');
  expect(startAt('2026-03-10T14:30:00Z', 1, '09:00')).toBe('2026-03-09T13:00:00.000Z');
});

it('PRE-26: without a window the release is today', () => {
  const now = Date.parse('2026-11-28T15:00:00Z');
  const start = findFreezeStart({ schedule: undefined, calendar, zone }, now, {
    businessDays: 1,
    at: '00:00',
  });
  expect(new Date(start).toISOString()).toBe('2026-11-27T05:00:00.000Z');
});

it('PRE-33: is counted from the planned day, as long as that is to come', () => {
  const from = (planned: string) =>
    new Date(
      findFreezeStart(
        { schedule, calendar, zone },
        Date.parse('2026-11-30T15:00:00Z'),
        { businessDays: 1, at: '00:00' },
        planned,
      ),
    ).toISOString();
  expect(from('2026-12-08')).toBe('2026-12-07T05:00:00.000Z');
  expect(from('2026-11-24')).toBe('2026-11-30T05:00:00.000Z');
});
