import { findHoliday } from './business-days.ts';
import type { Freeze, Holiday, Schedule } from './calendar.ts';
import { dateAt } from './dates.ts';
import { findNextSlot, type Slot } from './find-next-slot.ts';
import { findFreeze } from './freezes.ts';
import { findWindow, latestStart, listOpen } from './open-spans.ts';

/** Where a moment stands to the window. Moments are epoch milliseconds. */
export type WindowState =
  | { readonly is: 'open'; readonly latest: number; readonly closes: number }
  | {
      readonly is: 'too-late';
      readonly latest: number;
      readonly closes: number;
      readonly next: Slot | undefined;
    }
  | { readonly is: 'holiday'; readonly holiday: Holiday; readonly next: Slot | undefined }
  | { readonly is: 'frozen'; readonly freeze: Freeze; readonly next: Slot | undefined }
  | { readonly is: 'closed'; readonly next: Slot | undefined };

/** Whether a release may start at this moment, and if not why and when it may. */
export function seeWindow(schedule: Schedule, at: number): WindowState {
  const { calendar, zone } = schedule;
  const date = dateAt(at, zone);
  const span = listOpen(schedule, date).find(({ from, to }) => at >= from && at < to);
  const start = span && { latest: latestStart(span, schedule), closes: span.to };
  if (start && at <= start.latest) return { is: 'open', ...start };
  const next = findNextSlot(schedule, at);
  if (start) return { is: 'too-late', ...start, next };
  const freeze = findFreeze(calendar, at);
  if (freeze) return { is: 'frozen', freeze, next };
  const holiday = findHoliday(calendar, date);
  // A holiday on a day that has no window anyway is not what keeps it closed.
  if (holiday && findWindow(schedule, date)) return { is: 'holiday', holiday, next };
  return { is: 'closed', next };
}
