import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMoment } from '../../../src/domain/calendar/first-moment.ts';
import { quarter, readClock, zonedDay } from './zones.ts';

const QUARTER_MS = 15 * 60_000;

const MINUTE_MS = 60_000;

/** The same by looking at the clock, every quarter of an hour at first and then every minute: some zones change at 00:01. */
function lookAtClock(date: string, clock: string, zone: string): number {
  const wanted = `${date} ${clock}`;
  let moment = Date.parse(`${date}T${clock}Z`) - 16 * 3_600_000;
  while (readClock(moment, zone) < wanted) moment += QUARTER_MS;
  moment -= QUARTER_MS;
  while (readClock(moment, zone) < wanted) moment += MINUTE_MS;
  return moment;
}

describe('when a clock first reads a time', () => {
  it.each([
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00Z', 'spring leaves 2:30 out'],
    ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00:00Z', 'the first minute after the gap'],
    ['2026-03-08', '01:59', 'America/New_York', '2026-03-08T06:59:00Z', 'the last minute before it'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z', 'autumn has 1:30 twice: the first'],
    ['2026-11-01', '02:00', 'America/New_York', '2026-11-01T07:00:00Z', 'after both'],
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00Z', 'east of Greenwich in spring'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z', 'and in autumn'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z', 'a gap of half an hour'],
    ['2011-03-13', '00:15', 'America/St_Johns', '2011-03-13T03:31:00Z', 'a change at a minute past midnight'],
    ['2028-02-29', '10:00', 'America/New_York', '2028-02-29T15:00:00Z', 'a leap day'],
    [
      '2011-12-30',
      '10:00',
      'Pacific/Apia',
      '2011-12-30T10:00:00Z',
      'a day that never was: the next one begins',
    ],
  ])('E-09: %s %s in %s (%#)', (date, clock, zone, moment) => {
    expect(new Date(firstMoment(date, clock, zone)).toISOString()).toBe(new Date(moment).toISOString());
  });

  it('E-09: is what somebody would see who looks at the clock, in any zone and any year', () => {
    fc.assert(
      fc.property(zonedDay, quarter, ({ zone, date }, clock) => {
        expect(firstMoment(date, clock, zone)).toBe(lookAtClock(date, clock, zone));
      }),
      { numRuns: 400 },
    );
  });
});
