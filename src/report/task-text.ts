import { sayMoment } from '../domain/calendar/say-moment.ts';
import { plural } from '../domain/plural.ts';
import { TASK_LISTS } from '../domain/tasks/task-lists.ts';
import { listOpenTasks, listOverdueTasks, type TaskList, type TaskState } from '../ledger/fold-tasks.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';
import { padTo, wrapWords } from './table.ts';

/** When it is said, in ms since 1970, in whose time, and what roles are called. */
export interface TaskMoment {
  readonly now: number;
  readonly zone: string;
  readonly titles: ReadonlyMap<string, string>;
  /** By run and task: why what could be seen to be done is not. */
  readonly lacking?: ReadonlyMap<string, string>;
}

/** `after the rollback of v2.1.0`; a list of a newer program has its own name. */
export const sayList = ({ list, about }: Pick<TaskList, 'list' | 'about'>): string =>
  `${TASK_LISTS.find(({ name }) => name === list)?.title ?? `${list},`} ${about}`;

/** Who is to do it: a person who was named, else a role of which nobody was, else nobody at all. */
export function sayOwner({ owner, role }: TaskState, { titles }: Pick<TaskMoment, 'titles'>): string {
  if (owner !== undefined) return owner;
  return role === null ? 'unassigned' : `${titles.get(role) ?? role} (role; given to nobody yet)`;
}

const isOverdue = ({ closed, due }: TaskState, now: number): boolean =>
  closed === undefined && Date.parse(due) < now;

const sayAt = (iso: string, zone: string): string => sayMoment(Date.parse(iso), zone);

function saySecond(task: TaskState, of: string, moment: TaskMoment): string {
  const { closed, due, closedBy } = task;
  if (closed !== undefined) {
    const by = closed.how === 'seen' ? '' : ` by ${closed.by}`;
    return `${closed.how}${by}, ${sayAt(closed.at, moment.zone)}: ${closed.said}`;
  }
  const when = `${isOverdue(task, moment.now) ? 'overdue since' : 'by'} ${sayAt(due, moment.zone)}`;
  const lacking = moment.lacking?.get(`${of} ${task.id}`);
  const so = lacking === undefined ? '' : ` · not seen yet: ${lacking}`;
  return `${when} · ${sayOwner(task, moment)} · shown by: ${closedBy}${so}`;
}

function sayTask(task: TaskState, of: string, moment: TaskMoment, look: Look): readonly string[] {
  const late = isOverdue(task, moment.now);
  const { how } = task.closed ?? {};
  const sign = how === 'dropped' ? 'skip' : how !== undefined ? 'pass' : late ? 'warn' : 'running';
  const mark = glyph(sign, look.ascii);
  const paint = late ? look.paint.warn : (text: string) => text;
  const indent = ' '.repeat(12);
  const [first = '', ...more] = wrapWords(task.what, look.columns - 13);
  return [
    `  ${paint(`${mark} ${padTo(task.id, 8)}`)}${first}`,
    ...[...more, ...wrapWords(saySecond(task, of, moment), look.columns - 13)].map((line) => indent + line),
  ];
}

/** `3 overdue, 18 open, 4 closed`. */
function sayCounts(list: TaskList, now: number): string {
  const [open, late] = [listOpenTasks(list).length, listOverdueTasks(list, now).length];
  const closed = list.tasks.length - open;
  return [late > 0 ? `${late} overdue` : '', `${open} open`, closed > 0 ? `${closed} closed` : '']
    .filter(Boolean)
    .join(', ');
}

/** What comes due first of what is open; undefined: nothing is open. */
export const findNext = (list: TaskList, now: number): TaskState | undefined =>
  listOpenTasks(list)
    .filter((task) => !isOverdue(task, now))
    .sort((a, b) => Date.parse(a.due) - Date.parse(b.due))[0];

/** One line about a list for `release status`; undefined: nothing of it is open. */
export function sayOpenTasks(list: TaskList, now: number, zone: string): string | undefined {
  if (listOpenTasks(list).length === 0) return undefined;
  const next = findNext(list, now);
  const first = next === undefined ? '' : `; next ${next.id}, by ${sayAt(next.due, zone)}`;
  return `tasks ${sayList(list)}: ${sayCounts(list, now)}${first}: release task`;
}

/** Lists as people read them: of each its tasks, those that are closed only with `isAll`. */
export function sayTasks(
  lists: readonly TaskList[],
  moment: TaskMoment,
  look: Look,
  isAll: boolean,
): readonly string[] {
  return lists.flatMap((list) => {
    const shown = isAll ? list.tasks : listOpenTasks(list);
    const hidden = list.tasks.length - shown.length;
    return [
      `${look.paint.bold(`Tasks ${sayList(list)}`)}   ${sayCounts(list, moment.now)}`,
      ...shown.flatMap((task) => sayTask(task, list.of, moment, look)),
      ...(hidden > 0 ? [`  ${plural(hidden, 'closed task')} not shown: release task list --all`] : []),
    ];
  });
}
