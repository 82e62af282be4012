import { makeSchedule } from '../../config/make-schedule.ts';
import { findNextSlot, type Postponed, postpone } from '../../domain/calendar/find-next-slot.ts';
import { saySlot } from '../../domain/calendar/say-window.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Wired } from '../wired.ts';

/** When a release that was refused may be tried again. */
export interface NextSlot {
  readonly said: string;
  readonly json: JsonObject;
}

const DAY_HOURS = [24, 48] as const;
const iso = (at: number): string => new Date(at).toISOString();

const asJson = (slot: Postponed | undefined, zone: string): JsonObject =>
  slot === undefined
    ? { starts: null, latestStart: null, zone, isLate: true }
    : { starts: iso(slot.starts), latestStart: iso(slot.latest), zone, isLate: slot.isLate };

/**
 * Where a NO-GO puts the release (NG-08, DP-1c): the first slot a day or more ahead, by window.postponeHours. When
 * nothing but the closed window is wrong there is nothing to put right, so that the very next opening is told.
 */
export function findSlot(
  { call, because }: Verdict,
  { runbook, clock }: Pick<Wired, 'runbook' | 'clock'>,
): NextSlot | undefined {
  const schedule = makeSchedule(runbook);
  if (schedule === undefined || call !== 'no-go') return undefined;
  const now = clock.now().getTime();
  const hours = runbook.window?.postponeHours ?? DAY_HOURS;
  const isWindowAlone = because.length > 0 && because.every((one) => one.check === 'people.window-open');
  const next = isWindowAlone ? findNextSlot(schedule, now) : undefined;
  const slot = isWindowAlone ? next && { ...next, isLate: false } : postpone(schedule, now, hours);
  const late = slot?.isLate ? `; nothing is open within ${hours[1]} h` : '';
  return { said: `${saySlot(slot, schedule, now)}${late}`, json: asJson(slot, schedule.zone) };
}
