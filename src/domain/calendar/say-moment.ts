import { DateTime } from 'luxon';

// English whatever the machine speaks: the words around it are.
const local = (at: number, zone: string): DateTime => DateTime.fromMillis(at, { zone, locale: 'en-US' });

// Luxon makes a formatter for every name of a zone, which takes longer than all the rest of a screen that is drawn anew.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `EST`. */
function sayZone(at: number, zone: string): string {
  const formatter =
    formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
  formatters.set(zone, formatter);
  return formatter.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** `Tue 24 Nov 10:00 EST`. */
export const sayMoment = (at: number, zone: string): string =>
  `${local(at, zone).toFormat('ccc d LLL HH:mm')} ${sayZone(at, zone)}`;

/** `Tue 24 Nov`, of a day like `2026-11-24`. */
export const sayDayOf = (date: string): string =>
  local(Date.parse(`${date}T12:00Z`), 'utc').toFormat('ccc d LLL');

/** `11:30 EST`. */
export const sayClock = (at: number, zone: string): string =>
  `${local(at, zone).toFormat('HH:mm')} ${sayZone(at, zone)}`;

/** `24 Nov 2027`. */
export const sayDate = (at: number, zone: string): string => local(at, zone).toFormat('d LLL yyyy');

/** `11:30:05`, for lists that name their zone once. */
export const sayInstant = (at: number, zone: string): string => local(at, zone).toFormat('HH:mm:ss');
