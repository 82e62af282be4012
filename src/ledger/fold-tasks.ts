import type { OpenedTask } from '../domain/tasks/make-tasks.ts';
import type { LedgerEvent } from './event.ts';

type Of<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;

/** How a task ended, and by whose word. `at` is ISO. */
export type ClosedTask = Omit<Of<'task.closed'>['data'], 'of' | 'task'> & { readonly at: string };

/** A task as the ledger knows it. */
export interface TaskState extends OpenedTask {
  /** Whoever was named for it last. */
  readonly owner?: string;
  readonly closed?: ClosedTask;
}

/** What is to be done after one run, and what became of it. */
export interface TaskList {
  /** The run. */
  readonly of: string;
  readonly list: string;
  readonly version: string;
  /** The version that it is about: of a rollback the one that was taken back. */
  readonly about: string;
  /** ISO: from when its times count. */
  readonly since: string;
  readonly tasks: readonly TaskState[];
  /** Tasks of which people were reminded, or were to be. */
  readonly reminded: ReadonlySet<string>;
  /** How many reminders there were. */
  readonly reminders: number;
}

/** The first word closes it: what comes later could only be another agent that had not heard of it. */
function findEnd(id: string, own: readonly LedgerEvent[]): ClosedTask | undefined {
  for (const { type, data, at } of own) {
    if (type === 'tasks.dropped') return { how: 'dropped', said: data.said, by: data.by, at };
    if (type === 'task.closed' && data.task === id)
      return { how: data.how, said: data.said, by: data.by, at };
  }
  return undefined;
}

function foldTask(task: OpenedTask, own: readonly LedgerEvent[]): TaskState {
  const owner = own.findLast(
    (event): event is Of<'task.assigned'> => event.type === 'task.assigned' && event.data.task === task.id,
  );
  const closed = findEnd(task.id, own);
  return {
    ...task,
    ...(owner === undefined ? {} : { owner: owner.data.owner }),
    ...(closed === undefined ? {} : { closed }),
  };
}

function foldList({ data }: Of<'tasks.opened'>, events: readonly LedgerEvent[]): TaskList {
  const own = events.filter((event) => 'of' in event.data && event.data.of === data.of);
  const reminders = own.filter((event): event is Of<'task.reminding'> => event.type === 'task.reminding');
  return {
    ...data,
    tasks: data.tasks.map((task) => foldTask(task, own)),
    reminded: new Set(reminders.flatMap(({ data: { tasks } }) => tasks)),
    reminders: reminders.length,
  };
}

/** What is to be done after each run of the scope, oldest first. */
export const foldTasks = (events: readonly LedgerEvent[]): readonly TaskList[] =>
  events
    .filter((event): event is Of<'tasks.opened'> => event.type === 'tasks.opened')
    .map((event) => foldList(event, events));

/** Tasks that nobody has done or dropped. */
export const listOpenTasks = ({ tasks }: TaskList): readonly TaskState[] =>
  tasks.filter(({ closed }) => closed === undefined);

/** Those of them whose time is over at `now` (ms since 1970). */
export const listOverdueTasks = (list: TaskList, now: number): readonly TaskState[] =>
  listOpenTasks(list).filter(({ due }) => Date.parse(due) < now);
