import { carriesCandidates } from '../../config/carries-candidates.ts';
import { makeSchedule } from '../../config/make-schedule.ts';
import { seeWindow } from '../../domain/calendar/see-window.ts';
import type { Wired } from '../wired.ts';

/**
 * False when the window is closed by now: an earlier GO may have been given just before the latest start (E-05). Where
 * candidates are tried there is no window.
 */
export function mayStartNow({ runbook, env, clock }: Pick<Wired, 'runbook' | 'env' | 'clock'>): boolean {
  if (carriesCandidates(runbook, env)) return true;
  const schedule = makeSchedule(runbook);
  return schedule === undefined || seeWindow(schedule, clock.now().getTime()).is === 'open';
}
