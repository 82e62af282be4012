import { DateTime } from 'luxon';
import { formatWithZone } from './say-zone.ts';

// English whatever the machine speaks: the words around it are.
const local = (at: number, zone: string): DateTime => DateTime.fromMillis(at, { zone, locale: 'en-US' });

/** `Tue 24 Nov 10:00 EST`. */
export const sayMoment = (at: number, zone: string): string =>
  formatWithZone(local(at, zone), 'ccc d LLL HH:mm');

/** `Tue 24 Nov`, of a day like `2026-11-24`. */
export const sayDayOf = (date: string): string =>
  local(Date.parse(`${date}T12:00Z`), 'utc').toFormat('ccc d LLL');

/** `11:30 EST`. */
export const sayClock = (at: number, zone: string): string => formatWithZone(local(at, zone), 'HH:mm');

/** `11:30:05 EST`. */
export const sayExactly = (at: number, zone: string): string => formatWithZone(local(at, zone), 'HH:mm:ss');

/** `24 Nov 2027`. */
export const sayDate = (at: number, zone: string): string => local(at, zone).toFormat('d LLL yyyy');

/** `11:30:05`, for lists that name their zone once. */
export const sayInstant = (at: number, zone: string): string => local(at, zone).toFormat('HH:mm:ss');
