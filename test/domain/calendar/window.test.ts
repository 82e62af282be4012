import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/domain/calendar/calendar.ts';
import { addDays } from '../../../src/domain/calendar/dates.ts';
import { findNextSlot, postpone } from '../../../src/domain/calendar/find-next-slot.ts';
import { findFreeze, spanOfFreeze } from '../../../src/domain/calendar/freezes.ts';
import { findWindow, listOpen } from '../../../src/domain/calendar/open-spans.ts';
import { seeWindow } from '../../../src/domain/calendar/see-window.ts';
import { at, quarter, readClock, zonedDay } from './zones.ts';

const MINUTE_MS = 60_000;
const schedule = (change: Partial<Schedule> = {}): Schedule => ({
  days: [2, 3, 4],
  from: '10:00',
  to: '14:00',
  zone: 'America/New_York',
  needsMinutes: 150,
  calendar: { businessDays: [1, 2, 3, 4, 5], holidays: [], freezes: [] },
  ...change,
});
const night = schedule({ days: [7], from: '01:30', to: '02:30', needsMinutes: 0 });
const withDays = (change: Partial<Schedule['calendar']>): Schedule =>
  schedule({ calendar: { ...schedule().calendar, ...change } });
const iso = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().replace(':00.000Z', 'Z');
const lengthOn = (some: Schedule, date: string): number =>
  listOpen(some, date).reduce((sum, { from, to }) => sum + (to - from) / MINUTE_MS, 0);

describe('the window', () => {
  it.each([
    ['2026-11-24T15:00:00Z', 'open', 'ten o’clock'],
    ['2026-11-24T14:59:59.999Z', 'closed', 'a moment before'],
    ['2026-11-24T16:30:00Z', 'open', '11:30, the latest start'],
    ['2026-11-24T16:30:00.001Z', 'too-late', 'a moment after it'],
    ['2026-11-24T18:59:59Z', 'too-late', 'a second before the end'],
    ['2026-11-24T19:00:00Z', 'closed', 'the end itself'],
    ['2026-11-23T15:30:00Z', 'closed', 'a Monday'],
    ['2026-07-21T14:00:00Z', 'open', 'ten o’clock in summer time'],
    ['2026-07-21T13:59:00Z', 'closed', 'nine in summer time'],
  ])('PRE-25, E-05, E-09: at %s it is %s (%s)', (moment, is) => {
    expect(seeWindow(schedule(), at(moment)).is).toBe(is);
  });

  it('E-05: the latest start is the end minus what a release needs', () => {
    expect(seeWindow(schedule(), at('2026-11-24T15:00Z'))).toEqual({
      is: 'open',
      latest: at('2026-11-24T16:30Z'),
      closes: at('2026-11-24T19:00Z'),
    });
  });

  it.each([
    ['2026-03-08', 0, 'spring: from 1:30 to the jump at 2:00, which reads 3:00', 30],
    ['2026-11-01', 0, 'autumn: from the first 1:30 to 2:30, with an hour twice', 120],
    ['2026-11-08', 0, 'a night without a jump', 60],
  ])('E-09: a window at night on %s (%i) – %s – lasts %i min', (date, _, __, length) => {
    expect(lengthOn(night, date)).toBe(length);
  });

  it('E-09: a window that spring leaves out does not open', () => {
    const gone = schedule({ days: [7], from: '02:00', to: '02:45', needsMinutes: 0 });
    expect(findWindow(gone, '2026-03-08')).toBeUndefined();
    expect(iso(findNextSlot(gone, at('2026-03-08T00:00Z'))?.starts)).toBe('2026-03-15T06:00Z');
  });

  it('E-09: opens and closes when a clock in its zone would say so, in any zone and any year', () => {
    fc.assert(
      fc.property(zonedDay, quarter, quarter, ({ zone, date }, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const span = findWindow(schedule({ days: [1, 2, 3, 4, 5, 6, 7], from, to, zone }), date);
        if (span === undefined) return;
        expect(readClock(span.from, zone) >= `${date} ${from}`).toBe(true);
        expect(readClock(span.from - 1, zone) < `${date} ${from}`).toBe(true);
        expect(readClock(span.to, zone) >= `${date} ${to}`).toBe(true);
        expect(readClock(span.to - 1, zone) < `${date} ${to}`).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('holidays and freezes', () => {
  const holidays = [{ date: '2026-11-26', name: 'Thanksgiving', everyYear: false }];
  const freeze = (from: string, to: string, zone = 'America/New_York') => ({
    from,
    to,
    reason: 'Year end',
    zone,
  });

  it('PRE-25: a holiday closes the window of its day, by the clock of the zone', () => {
    const some = withDays({ holidays });
    expect(seeWindow(some, at('2026-11-26T15:00Z'))).toMatchObject({
      is: 'holiday',
      holiday: { name: 'Thanksgiving' },
    });
    expect(seeWindow(some, at('2026-11-25T15:00Z')).is).toBe('open');
    expect(seeWindow(some, at('2026-11-27T04:59Z')).is).toBe('holiday');
    expect(seeWindow(some, at('2026-11-27T05:00Z')).is).toBe('closed');
  });

  it('PRE-25: a holiday on a day without a window is not what keeps it closed', () => {
    const some = withDays({ holidays: [{ date: '2026-11-28', name: 'Saturday', everyYear: false }] });
    expect(seeWindow(some, at('2026-11-28T15:00Z')).is).toBe('closed');
  });

  it('PRE-25: a freeze covers its whole days, from the first minute to the last', () => {
    const calendar = { ...schedule().calendar, freezes: [freeze('2026-12-18', '2027-01-03')] };
    expect(findFreeze(calendar, at('2026-12-18T04:59:59.999Z'))).toBeUndefined();
    expect(findFreeze(calendar, at('2026-12-18T05:00Z'))?.reason).toBe('Year end');
    expect(findFreeze(calendar, at('2027-01-04T04:59:59.999Z'))?.reason).toBe('Year end');
    expect(findFreeze(calendar, at('2027-01-04T05:00Z'))).toBeUndefined();
  });

  it('PRE-25: a freeze by the clock ends at that minute, and is read in its own zone', () => {
    const span = spanOfFreeze(freeze('2026-12-18T18:00', '2027-01-04T08:00', 'Europe/Berlin'));
    expect([iso(span.from), iso(span.to)]).toEqual(['2026-12-18T17:00Z', '2027-01-04T07:00Z']);
  });

  it('PRE-25: of two freezes the one that lasts longer is named', () => {
    const freezes = [
      freeze('2026-12-01', '2026-12-31'),
      { ...freeze('2026-12-10', '2027-02-01'), reason: 'Audit' },
    ];
    expect(findFreeze({ ...schedule().calendar, freezes }, at('2026-12-15T12:00Z'))?.reason).toBe('Audit');
  });

  it('E-05: a freeze that begins in the window moves the latest start', () => {
    const some = withDays({ freezes: [freeze('2026-11-24T13:00', '2026-11-24T23:00')] });
    expect(seeWindow(some, at('2026-11-24T15:00Z'))).toMatchObject({ latest: at('2026-11-24T15:30Z') });
    expect(seeWindow(some, at('2026-11-24T15:31Z')).is).toBe('too-late');
    expect(seeWindow(some, at('2026-11-24T18:00Z')).is).toBe('frozen');
  });
});

describe('the next slot', () => {
  it.each([
    ['2026-11-24T13:00Z', '2026-11-24T15:00Z', '2026-11-24T16:30Z', 'later the same day'],
    ['2026-11-24T15:20Z', '2026-11-24T15:20Z', '2026-11-24T16:30Z', 'now'],
    ['2026-11-24T16:31Z', '2026-11-25T15:00Z', '2026-11-25T16:30Z', 'tomorrow'],
    ['2026-11-26T16:31Z', '2026-12-01T15:00Z', '2026-12-01T16:30Z', 'after the weekend'],
    [
      '2026-03-05T17:00Z',
      '2026-03-10T14:00Z',
      '2026-03-10T15:30Z',
      'over the spring jump: still ten o’clock',
    ],
    ['2026-10-29T18:00Z', '2026-11-03T15:00Z', '2026-11-03T16:30Z', 'over the autumn one'],
  ])('PRE-25: after %s it is %s to %s (%s)', (after, starts, latest) => {
    const slot = findNextSlot(schedule(), at(after));
    expect([iso(slot?.starts), iso(slot?.latest)]).toEqual([starts, latest]);
  });

  it.each([
    ['2026-11-26T14:45Z', '2026-12-01T15:00Z', true, 'a Thursday: 24 to 48 hours later nothing is open'],
    ['2026-11-24T14:45Z', '2026-11-25T15:00Z', false, 'a Tuesday: Wednesday at ten'],
    ['2026-11-24T15:30Z', '2026-11-25T15:30Z', false, 'never less than 24 hours away'],
    ['2026-11-24T17:00Z', '2026-11-26T15:00Z', false, 'Wednesday would be too late for a start'],
  ])('E-04, NG-08: a NO-GO at %s puts the release off to %s (late: %s; %s)', (now, starts, isLate) => {
    const slot = postpone(schedule(), at(now), [24, 48]);
    expect([iso(slot?.starts), slot?.isLate]).toEqual([starts, isLate]);
  });

  it('E-04: steps over holidays and freezes', () => {
    const some = withDays({
      holidays: [{ date: '2026-11-25', name: 'x', everyYear: false }],
      freezes: [{ from: '2026-11-26', to: '2026-12-02', reason: 'y', zone: 'America/New_York' }],
    });
    expect(iso(postpone(some, at('2026-11-24T14:45Z'), [24, 48])?.starts)).toBe('2026-12-03T15:00Z');
  });

  it('E-04: says that no window comes within a year, and ends', () => {
    const frozen = withDays({
      freezes: [{ from: '2026-01-01', to: '2030-01-01', reason: 'x', zone: 'UTC' }],
    });
    expect(findNextSlot(frozen, at('2026-11-24T15:00Z'))).toBeUndefined();
    expect(seeWindow(frozen, at('2026-11-24T15:00Z'))).toMatchObject({ is: 'frozen', next: undefined });
    expect(findNextSlot(schedule({ needsMinutes: 241 }), at('2026-11-24T15:00Z'))).toBeUndefined();
    expect(findNextSlot(schedule({ days: [] }), at('2026-11-24T15:00Z'))).toBeUndefined();
  });

  it('PRE-25: a slot is open from its first to its last moment, lies ahead, and nothing before it is open', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const needs = fc.integer({ min: 0, max: 300 });
    const off = fc.array(fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(
        zonedDay,
        quarter,
        quarter,
        days,
        needs,
        off,
        ({ zone, date }, a, b, some, needsMinutes, free) => {
          const [from, to] = a < b ? [a, b] : [b, a];
          const holidays = free.map((n) => ({ date: addDays(date, n), name: 'x', everyYear: false }));
          const freezes = free.slice(0, 1).map((n) => ({
            from: `${addDays(date, n)}T12:00`,
            to: `${addDays(date, n)}T12:30`,
            reason: 'y',
            zone: 'UTC',
          }));
          const calendar = { businessDays: [1, 2, 3, 4, 5], holidays, freezes };
          const one = schedule({ days: some, from, to, zone, needsMinutes, calendar });
          const after = at(`${date}T00:07:30Z`);
          const slot = findNextSlot(one, after);
          if (slot === undefined) return;
          expect(slot.starts).toBeGreaterThanOrEqual(after);
          expect([slot.starts, slot.latest].map((moment) => seeWindow(one, moment).is)).toEqual([
            'open',
            'open',
          ]);
          expect(seeWindow(one, slot.latest + 1).is).not.toBe('open');
          const step = Math.max(MINUTE_MS, Math.floor((slot.starts - after) / 40));
          for (let moment = after; moment < slot.starts - MINUTE_MS; moment += step)
            expect(seeWindow(one, moment).is).not.toBe('open');
        },
      ),
      { numRuns: 100 },
    );
  });
});
