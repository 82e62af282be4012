import type { Calendar } from '../calendar/calendar.ts';
import { dueAt } from './due-at.ts';
import type { Sight, TaskListSpec } from './task-spec.ts';

/** A task of one incident or release, as it was when its list was opened: what changes later moves no time that was set. */
export interface OpenedTask {
  readonly id: string;
  readonly what: string;
  /** ISO. */
  readonly due: string;
  /** Role that owns it until somebody is named; null: the runbook has none of those that could. */
  readonly role: string | null;
  readonly closedBy: string;
  readonly seenBy?: Sight;
}

/** What of a runbook decides about its tasks. */
export interface TaskPolicy {
  readonly calendar: Calendar;
  readonly zone: string;
  readonly roles: ReadonlySet<string>;
}

/** The tasks of a list, counted from `anchor` (ms since 1970). */
export const makeTasks = (
  { tasks }: TaskListSpec,
  anchor: number,
  { calendar, zone, roles }: TaskPolicy,
): readonly OpenedTask[] =>
  tasks.map(({ id, what, within, closedBy, seenBy, roles: wanted }) => ({
    id,
    what,
    due: new Date(dueAt(within, anchor, calendar, zone)).toISOString(),
    role: wanted.find((role) => roles.has(role)) ?? null,
    closedBy,
    ...(seenBy === undefined ? {} : { seenBy }),
  }));
