import { LOOK_AHEAD_DAYS, type Schedule } from './calendar.ts';
import { addDays, dateAt } from './dates.ts';
import { latestStart, listOpen } from './open-spans.ts';

/** When a release may start: from the first to the last moment, both included, in epoch milliseconds. */
export interface Slot {
  readonly starts: number;
  /** The latest start that leaves room for deployment and watch. */
  readonly latest: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const toNextMinute = (at: number): number => Math.ceil(at / MINUTE_MS) * MINUTE_MS;

function listSlots(schedule: Schedule, date: string, after: number): Slot[] {
  return listOpen(schedule, date)
    .map((span) => ({
      starts: Math.max(span.from, toNextMinute(after)),
      latest: latestStart(span, schedule),
    }))
    .filter(({ starts, latest }) => starts <= latest);
}

/** The first slot at or after a moment (full minutes); undefined when there is none within a year. */
export function findNextSlot(schedule: Schedule, after: number): Slot | undefined {
  const today = dateAt(after, schedule.zone);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const [slot] = listSlots(schedule, addDays(today, ahead), after);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

/** The slot a release is put off to. */
export interface Postponed extends Slot {
  /** True when it lies beyond the hours that the runbook hopes for. */
  readonly isLate: boolean;
}

/**
 * Where a NO-GO puts the release: the first slot at least `hours[0]` away, also when it is later than `hours[1]` hours,
 * because 24 to 48 hours after a Thursday nothing is open (E-04). Undefined when there is none within a year.
 */
export function postpone(
  schedule: Schedule,
  now: number,
  [least, most]: readonly [number, number],
): Postponed | undefined {
  const slot = findNextSlot(schedule, now + least * HOUR_MS);
  return slot && { ...slot, isLate: slot.starts > now + most * HOUR_MS };
}
