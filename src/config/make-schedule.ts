import type { Calendar, Schedule } from '../domain/calendar/calendar.ts';
import type { Runbook } from './schema/index.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 1 (Monday) to 7, from the names that stand in the file. */
export const readDays = (names: readonly string[]): number[] => names.map((name) => DAYS.indexOf(name) + 1);

type Given = Pick<Runbook, 'window' | 'calendar' | 'timezone'>;

/** Business days, holidays and freezes; a freeze without a zone means that of the window. */
export function makeCalendar({ calendar, window, timezone }: Given): Calendar {
  const zone = window?.zone ?? timezone;
  return {
    businessDays: readDays(calendar.businessDays),
    holidays: calendar.holidays,
    freezes: calendar.freezes.map((freeze) => ({ ...freeze, zone: freeze.zone ?? zone })),
  };
}

/** When a release may start; undefined when the runbook has no window. */
export function makeSchedule(runbook: Given): Schedule | undefined {
  const { window, timezone } = runbook;
  if (window === undefined) return undefined;
  return {
    days: readDays(window.days),
    from: window.from,
    to: window.to,
    zone: window.zone ?? timezone,
    needsMinutes: window.lastStartBefore,
    calendar: makeCalendar(runbook),
  };
}
