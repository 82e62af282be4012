import { DateTime } from 'luxon';
import { formatWithZone } from '../../domain/calendar/say-zone.ts';

const inZone = (iso: string, zone: string): DateTime =>
  DateTime.fromMillis(Date.parse(iso), { zone, locale: 'en-US' });

/** `10:00 EDT`: wall time with the name of its zone. */
export const sayClock = (iso: string, zone: string): string => formatWithZone(inZone(iso, zone), 'HH:mm');

/** `Thu 2 Oct 2025`. */
export const sayDay = (iso: string, zone: string): string => inZone(iso, zone).toFormat('ccc d LLL yyyy');

/** `Thu 2 Oct 2025, 10:00 EDT`. */
export const sayAt = (iso: string, zone: string): string => `${sayDay(iso, zone)}, ${sayClock(iso, zone)}`;

/** `10:00–12:30 EDT`; with the day of the end when it is another one. */
export function saySpan(fromIso: string, toIso: string, zone: string): string {
  const [from, to] = [inZone(fromIso, zone), inZone(toIso, zone)];
  const end = formatWithZone(to, from.hasSame(to, 'day') ? 'HH:mm' : 'ccc HH:mm');
  return `${from.toFormat('HH:mm')}–${end}`;
}

/** The moment `hours` later, moved to Monday when it falls on a weekend. */
export function workingDayAfter(iso: string, hours: number, zone: string): string {
  const then = inZone(iso, zone).plus({ hours });
  const onWorkingDay = then.weekday > 5 ? then.plus({ days: 8 - then.weekday }) : then;
  return onWorkingDay.toISO() ?? iso;
}

export const addMs = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString();

/** Minutes between two moments, never below zero. */
export const minutesBetween = (fromIso: string, toIso: string): number =>
  Math.max(0, Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 60_000));

/** An estimate, rounded up to whole five minutes. */
export const roundUpToFive = (ms: number): number => Math.ceil(ms / 300_000) * 5;

/** `35 min`, `2 h`, `2 h 30 min`. */
export function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `14 s`, `8 min`, `2 h 30 min`: in seconds where whole minutes would say nothing, and never nothing at all. */
export function saySpent(ms: number): string {
  const spent = Math.max(1, Math.round(ms / 1000));
  return spent < 120 ? `${spent} s` : sayMinutes(Math.round(spent / 60));
}

/** The same between two moments. */
export const sayBetween = (fromIso: string, toIso: string): string =>
  saySpent(Date.parse(toIso) - Date.parse(fromIso));
