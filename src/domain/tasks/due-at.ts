import { addBusinessDays, isBusinessDay } from '../calendar/business-days.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { addDays, dateAt } from '../calendar/dates.ts';
import { firstMoment } from '../calendar/first-moment.ts';
import { hours } from '../duration.ts';
import type { Within } from './task-spec.ts';

const clockAt = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);

/** The same time of the first business day; a calendar without one within a year moves nothing. */
function toBusinessDay(at: number, calendar: Calendar, zone: string): number {
  const date = dateAt(at, zone);
  const day = isBusinessDay(calendar, date) ? date : addBusinessDays(calendar, date, 1);
  return day === undefined || day === date ? at : firstMoment(day, clockAt(at, zone), zone);
}

/**
 * When it is due, in ms since 1970 like `anchor`. Hours are hours: what an incident needs does not wait for Monday, unless it says
 * that it may. Business days end at midnight of `zone`, and the day of the anchor is not one of them.
 */
export function dueAt(within: Within, anchor: number, calendar: Calendar, zone: string): number {
  if ('hours' in within) {
    const at = anchor + hours(within.hours);
    return within.onBusinessDay === true ? toBusinessDay(at, calendar, zone) : at;
  }
  const date = dateAt(anchor, zone);
  const day = addBusinessDays(calendar, date, within.businessDays) ?? addDays(date, within.businessDays);
  return firstMoment(addDays(day, 1), '00:00', zone);
}
