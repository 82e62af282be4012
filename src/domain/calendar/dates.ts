import { DateTime } from 'luxon';

const DAY_MS = 86_400_000;

// A day without a clock is the same in every zone, and a look ahead asks for hundreds: no calendar library here.
const startOf = (date: string): number => Date.parse(`${date}T00:00Z`);
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A calendar day so many days later, or earlier when negative: `2026-12-31`. */
export const addDays = (date: string, days: number): string => dayOf(startOf(date) + days * DAY_MS);

/** 1 (Monday) to 7. */
export const weekdayOf = (date: string): number => new Date(startOf(date)).getUTCDay() || 7;

/** The day it is at that moment in that zone. */
export const dateAt = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');

/** Days from the first to the second date; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / DAY_MS;
