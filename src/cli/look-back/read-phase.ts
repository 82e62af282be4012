import { makeCalendar, makeSchedule } from '../../config/make-schedule.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { dateAt } from '../../domain/calendar/dates.ts';
import { type Due, findDue } from '../../domain/prepare/find-due.ts';
import { layOut } from '../../domain/prepare/lay-out-days.ts';
import { anchorsOf } from '../../ledger/anchors.ts';
import { findLive, findOpenRun, type RunState } from '../../ledger/fold.ts';

/**
 * The phase of the release that is on its way into an environment, or live there, from T-0 to T+7 by the day of its deploy: none
 * after that, and none of what a rollback brought.
 */
export function readPhase(runs: readonly RunState[], runbook: Runbook, now: Date): readonly Due[] {
  const release = findOpenRun(runs) ?? runs.find(({ run }) => run === findLive(runs)?.run);
  if (release?.plan.command !== 'deploy') return [];
  const zone = runbook.window?.zone ?? runbook.timezone;
  const days = { schedule: makeSchedule(runbook), calendar: makeCalendar(runbook) };
  const plan = layOut(days, dateAt(anchorsOf(release).start, zone));
  return findDue(plan?.rows ?? [], dateAt(now.getTime(), zone));
}
