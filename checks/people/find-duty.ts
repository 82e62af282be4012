import { makeSchedule } from '../../src/config/make-schedule.ts';
import type { Span } from '../../src/domain/calendar/calendar.ts';
import { findNextSlot } from '../../src/domain/calendar/find-next-slot.ts';
import { hours } from '../../src/domain/duration.ts';
import type { Runbook } from '../../src/kit.ts';

/** From the next moment at which a release may start until nothing has to be taken back any more. `now`: ms since 1970. */
export function findDuty(runbook: Runbook, now: number): Span {
  const schedule = makeSchedule(runbook);
  const from = (schedule && findNextSlot(schedule, now)?.starts) ?? now;
  return { from, to: from + hours(runbook.staffing?.hours ?? 24) };
}
