import { addBusinessDays } from '../calendar/business-days.ts';
import { type Calendar, LOOK_AHEAD_DAYS, type Schedule } from '../calendar/calendar.ts';
import { addDays, dateAt } from '../calendar/dates.ts';
import { findNextSlot } from '../calendar/find-next-slot.ts';
import { firstMoment } from '../calendar/first-moment.ts';

/** Where the days are counted. */
interface Days {
  readonly schedule: Schedule | undefined;
  readonly calendar: Calendar;
  readonly zone: string;
}

/** When code stands still: so many business days before the day of the release, from `at` (`00:00`) on. */
interface FreezeRule {
  readonly businessDays: number;
  readonly at: string;
}

/** The day on which a release could start next; today when there is no window, or none within a year. */
function findReleaseDay({ schedule, zone }: Days, now: number): string {
  const slot = schedule && findNextSlot(schedule, now);
  return dateAt(slot?.starts ?? now, zone);
}

/**
 * When the freeze begins, in epoch milliseconds (PRE-26): counted from the planned day of the release, like `2026-12-08`, else (none is
 * planned, or it has passed) from the day on which one could start next.
 */
export function findFreezeStart(
  days: Days,
  now: number,
  { businessDays, at }: FreezeRule,
  planned?: string,
): number {
  const isAhead = planned !== undefined && planned >= dateAt(now, days.zone);
  const day = isAhead ? planned : findReleaseDay(days, now);
  // A calendar without business days freezes everything rather than nothing.
  const first = addBusinessDays(days.calendar, day, -businessDays) ?? addDays(day, -LOOK_AHEAD_DAYS);
  return firstMoment(first, at, days.zone);
}
