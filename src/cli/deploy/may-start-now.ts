import { makeSchedule } from '../../config/make-schedule.ts';
import { seeWindow } from '../../domain/calendar/see-window.ts';
import type { Wired } from '../wired.ts';

/** False when the window is closed by now: an earlier GO may have been given just before the latest start (E-05). */
export function mayStartNow({ runbook, clock }: Pick<Wired, 'runbook' | 'clock'>): boolean {
  const schedule = makeSchedule(runbook);
  return schedule === undefined || seeWindow(schedule, clock.now().getTime()).is === 'open';
}
