import type { Runbook } from '../../config/schema/index.ts';
import { sayMoment } from '../../domain/calendar/say-moment.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';

const MOST = 20;

/** Variables of the reminder of tasks whose time is over. */
export function viewTasks({ notes }: Moment, { timezone }: Runbook): JsonObject {
  const given = Array.isArray(notes.tasks) ? (notes.tasks as readonly JsonObject[]) : [];
  const tasks = given.slice(0, MOST).map((one): Json => {
    const due = typeof one.due === 'string' ? sayMoment(Date.parse(one.due), timezone) : 'not known';
    return { ...one, due };
  });
  const more = given.length - tasks.length;
  return {
    title: typeof notes.title === 'string' ? notes.title : 'tasks',
    tasks,
    more_tasks: more > 0 ? `and ${more} more` : null,
    command: null,
  };
}
