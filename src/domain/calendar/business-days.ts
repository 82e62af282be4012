import { type Calendar, type Holiday, LOOK_AHEAD_DAYS } from './calendar.ts';
import { addDays, weekdayOf } from './dates.ts';

/** The holiday on that day, if it is one. */
export const findHoliday = ({ holidays }: Calendar, date: string): Holiday | undefined =>
  holidays.find((one) => one.date === date || (one.everyYear && one.date.slice(5) === date.slice(5)));

/** True when people work on that day. */
export const isBusinessDay = (calendar: Calendar, date: string): boolean =>
  calendar.businessDays.includes(weekdayOf(date)) && findHoliday(calendar, date) === undefined;

/**
 * The business day that lies `count` business days after `date`, or before it when negative; `date` itself for 0
 * (E-01: T-3 of a Tuesday is the Thursday before). Undefined when it is not reached within a year.
 */
export function addBusinessDays(calendar: Calendar, date: string, count: number): string | undefined {
  if (!Number.isInteger(count)) return undefined;
  const step = Math.sign(count);
  let left = Math.abs(count);
  if (left === 0) return date;
  for (let gone = 1; gone <= LOOK_AHEAD_DAYS; gone += 1) {
    const day = addDays(date, step * gone);
    if (isBusinessDay(calendar, day)) left -= 1;
    if (left === 0) return day;
  }
  return undefined;
}
