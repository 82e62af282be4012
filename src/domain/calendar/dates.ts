import { DateTime } from 'luxon';

const asDay = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' });

/** A calendar day so many days later, or earlier when negative: `2026-12-31`. */
export const addDays = (date: string, days: number): string =>
  asDay(date).plus({ days }).toFormat('yyyy-MM-dd');

/** 1 (Monday) to 7. */
export const weekdayOf = (date: string): number => asDay(date).weekday;

/** The day it is at that moment in that zone. */
export const dateAt = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');

/** Days from the first to the second date; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => asDay(to).diff(asDay(from), 'days').days;
