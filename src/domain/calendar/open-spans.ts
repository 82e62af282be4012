import { findHoliday } from './business-days.ts';
import type { Schedule, Span } from './calendar.ts';
import { weekdayOf } from './dates.ts';
import { firstMoment } from './first-moment.ts';
import { outsideFreezes } from './freezes.ts';

/** The window of a day, before holidays and freezes; undefined when the day has none. */
export function findWindow(schedule: Schedule, date: string): Span | undefined {
  const { days, from, to, zone } = schedule;
  if (!days.includes(weekdayOf(date))) return undefined;
  const span = { from: firstMoment(date, from, zone), to: firstMoment(date, to, zone) };
  // In spring the clock can jump over the whole of a short window at night.
  return span.from < span.to ? span : undefined;
}

/** When the window of a day is open: none on a holiday, several pieces around a freeze. */
export function listOpen(schedule: Schedule, date: string): readonly Span[] {
  if (findHoliday(schedule.calendar, date) !== undefined) return [];
  const window = findWindow(schedule, date);
  return window === undefined ? [] : outsideFreezes(schedule.calendar, window);
}

const MINUTE_MS = 60_000;

/** The latest start in an open stretch that leaves room for deployment and watch (E-05). Its end is never a start. */
export const latestStart = ({ to }: Span, { needsMinutes }: Schedule): number =>
  to - Math.max(1, needsMinutes) * MINUTE_MS;
