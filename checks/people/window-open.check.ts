import { makeSchedule } from '../../src/config/make-schedule.ts';
import type { Schedule } from '../../src/domain/calendar/calendar.ts';
import { dateAt } from '../../src/domain/calendar/dates.ts';
import type { Slot } from '../../src/domain/calendar/find-next-slot.ts';
import { saySlot, sayWindow } from '../../src/domain/calendar/say-window.ts';
import { seeWindow, type WindowState } from '../../src/domain/calendar/see-window.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { defineCheck, type Judgement } from '../../src/kit.ts';

const asIso = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

function makeEvidence(state: WindowState, zone: string): JsonObject {
  const next = state.is === 'open' ? undefined : state.next;
  return {
    zone,
    state: state.is,
    latestStart: asIso(state.is === 'open' ? state.latest : next?.latest),
    next: asIso(next?.starts),
  };
}

/** A gate is asked an hour before the window opens: that is early, and postpones nothing. */
const opensToday = (next: Slot | undefined, now: number, zone: string): boolean =>
  next !== undefined && dateAt(next.starts, zone) === dateAt(now, zone);

/** A waiver for one freeze is none for the next. */
function nameCause(state: WindowState): string | null {
  if (state.is === 'holiday') return `${state.holiday.date} ${state.holiday.name}`;
  return state.is === 'frozen' ? `${state.freeze.from} ${state.freeze.reason}` : null;
}

function judgeWindow(schedule: Schedule, now: number, env: string): Judgement {
  const state = seeWindow(schedule, now);
  const said = sayWindow(state, schedule, now, env);
  const evidence = makeEvidence(state, schedule.zone);
  const about = { state: state.is, cause: nameCause(state) };
  if (state.is === 'open') return { outcome: 'pass', said, evidence, about };
  const next = saySlot(state.next, schedule, now);
  return {
    outcome: 'fail',
    said,
    about,
    remedy: `Next window: ${next}. Emergency: --waive window --reason "…"`,
    evidence,
    ...(opensToday(state.next, now, schedule.zone) ? { holds: true } : {}),
  };
}

/** A start so late that the run cannot end inside the window is refused like one outside of it (E-05). */
export default defineCheck({
  id: 'people.window-open',
  title: 'Deployment window is open for long enough',
  runbook: 'PRE-25',
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  absent: ({ runbook }) => (runbook.window ? undefined : 'no window is configured'),
  probe: async (_services, { now }) => ({ at: now }),
  judge: ({ at }, { runbook, env }) => {
    const schedule = makeSchedule(runbook);
    if (schedule === undefined) return { outcome: 'skip', said: 'no window is configured' };
    return judgeWindow(schedule, at.getTime(), env);
  },
});
