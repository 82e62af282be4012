import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { addDays } from '../../../src/domain/calendar/dates.ts';

/** East and west, half hours, a DST of thirty minutes, DST at midnight, a day that never was, and none at all. */
const ZONES = [
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Europe/Berlin',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
] as const;

/** What date and clock read in a zone: `2026-03-08 03:00`. */
export const readClock = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm');

/** Epoch milliseconds of an ISO text. */
export const at = (iso: string): number => Date.parse(iso);

const DAY_MS = 86_400_000;

/** The noons at which the zone no longer has the offset of the noon before, between two of them. */
function findJumps(zone: IANAZone, early: number, late: number): number[] {
  if (zone.offset(early) === zone.offset(late)) return [];
  if (late - early === DAY_MS) return [late];
  const middle = early + Math.floor((late - early) / DAY_MS / 2) * DAY_MS;
  return [...findJumps(zone, early, middle), ...findJumps(zone, middle, late)];
}

/** Days on which the clock of a zone jumps, with the day before and after. */
function listJumps(name: string): string[] {
  const zone = IANAZone.create(name);
  // From week to week, because no clock jumps twice in one, and to ask for every day takes seconds.
  const weeks = Array.from({ length: 52 * 25 }, (_, i) => at('2009-12-31T12:00Z') + i * 7 * DAY_MS);
  return weeks
    .flatMap((noon) => findJumps(zone, noon, noon + 7 * DAY_MS))
    .flatMap((noon) => [-1, 0, 1].map((days) => readClock(noon + days * DAY_MS, 'UTC').slice(0, 10)));
}

const anyDay = fc.integer({ min: 0, max: 366 * 60 }).map((days) => addDays('1995-01-01', days));

/** A zone and a day in it; every second one near a jump of its clock. */
export const zonedDay: fc.Arbitrary<{ zone: string; date: string }> = fc.oneof(
  ...ZONES.map((zone) => {
    const jumps = listJumps(zone);
    const days = jumps.length === 0 ? anyDay : fc.oneof(fc.constantFrom(...jumps), anyDay);
    return days.map((date) => ({ zone, date }));
  }),
);

/** A clock time on the quarter of an hour. */
export const quarter = fc.integer({ min: 0, max: 95 }).map((n) => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(n / 4))}:${two((n % 4) * 15)}`;
});
