import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { makeRollbackClock, type RollbackClock } from '../../domain/rollback-clock.ts';
import { listCalls } from '../list-calls.ts';
import { startedAt } from './story.ts';
import { minutesBetween, sayBetween, sayClock, sayMinutes } from './times.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

function clockOf(moment: Moment, { severities }: Runbook): RollbackClock | undefined {
  const { severity, detected_at: detectedAt } = moment.notes;
  const times = {
    startedAt: startedAt(moment) ?? moment.now,
    ...(typeof detectedAt === 'string' ? { detectedAt } : {}),
  };
  return makeRollbackClock(String(severity ?? ''), times, severities);
}

/** `by 4 min; next: Lee Park (Rollback Lead), Sam Example (DevOps Lead)`; null while there is time. */
function sayOverdue({ env, now }: Moment, runbook: Runbook, doneBy: number): string | null {
  if (Date.parse(now) <= doneBy) return null;
  const names = listCalls(runbook, env, new Date(now), false).map(({ name, title }) => `${name} (${title})`);
  const next = names.length === 0 ? '' : `; next of the escalation path: ${names.slice(0, 3).join(', ')}`;
  return `by ${sayBetween(iso(doneBy), now)}${next}`;
}

/** Until when a rollback has to be over by its urgency, and by how much it is late (RBC-P0, RBC-P1). */
export function sayDeadline(moment: Moment, runbook: Runbook): JsonObject {
  const clock = clockOf(moment, runbook);
  if (clock?.doneBy === undefined) return { deadline: null, overdue: null };
  const since = clock.isDetected ? `, detected ${sayClock(iso(clock.from), runbook.timezone)}` : '';
  const minutes = sayMinutes(minutesBetween(iso(clock.from), iso(clock.doneBy)));
  return {
    deadline: `${sayClock(iso(clock.doneBy), runbook.timezone)} (${clock.severity}: ${minutes}${since})`,
    overdue: sayOverdue(moment, runbook, clock.doneBy),
  };
}
