import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { NewEvent } from '../../ledger/event.ts';
import { listOpenTasks, type TaskList, type TaskState } from '../../ledger/fold-tasks.ts';
import type { CommandOptions } from '../command.ts';
import type { Wired } from '../wired.ts';
import { closingId } from './close-seen.ts';

const MOST_TEXT = 500;

const noTask = (id: string, lists: readonly TaskList[]): ReleaseError => {
  const known = lists.flatMap((list) => listOpenTasks(list).map((task) => task.id));
  return new ReleaseError('E_ARGUMENTS', {
    what: `There is no open task ${oneLine(id, 40) || '(none was named)'}.${didYouMean(id, known)}`,
    next: 'release task list --all shows every task, and how those that are closed ended.',
    state: 'untouched',
  });
};

export const noWord = (flag: string, why: string, line: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', { what: `It needs ${flag}.`, why, next: line, state: 'untouched' });

const noPerson = (typed: string, names: readonly string[]): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `The runbook has no person ${oneLine(typed, 60)}.${didYouMean(typed, names)}`,
    why: 'Somebody who is named here may be mentioned in Slack.',
    next: `Name one of ${names.slice(0, 12).join(', ')}.`,
    state: 'untouched',
  });

const textOf = (typed: CommandOptions[string]): string =>
  typeof typed === 'string' ? oneLine(typed, MOST_TEXT) : '';

/** An open task, and the list it belongs to. */
interface Found {
  readonly list: TaskList;
  readonly task: TaskState;
}

/** The task of that name, of the newest list in which it is open. */
export function findTask(id: string, lists: readonly TaskList[]): Found {
  for (const list of lists.toReversed()) {
    const task = listOpenTasks(list).find((one) => one.id === id.toLowerCase());
    if (task !== undefined) return { list, task };
  }
  throw noTask(id, lists);
}

/** The person as the runbook spells them; without people in it any name will do. */
function readPerson(typed: string, { people }: Wired['runbook']): string {
  const all = Object.entries(people);
  if (all.length === 0) return typed;
  const same = (text: string): boolean => text.toLowerCase() === typed.toLowerCase();
  const found = all.find(([key, { name }]) => same(key) || same(name));
  if (found === undefined)
    throw noPerson(
      typed,
      all.map(([, { name }]) => name),
    );
  return found[1].name;
}

/** What a person does about a task, as its event, and in words. */
export interface TaskChange extends Found {
  readonly event: NewEvent;
  readonly said: string;
}

/** Who says it, and what tells this call from others. */
interface Teller {
  readonly by: string;
  readonly run: string;
}

export const LINES = {
  done: 'release task done pir-24 --evidence "held on Tuesday, minutes in the wiki"',
  drop: 'release task drop pir-28 --reason "the way back was quick"',
  assign: 'release task assign pir-24 --to "Ana Diaz"',
  archive: 'release task archive --folder archive/v2.1.0',
} as const;

export type TaskAction = Exclude<keyof typeof LINES, 'archive'>;

/**
 * Reads what is to be recorded. Throws E_ARGUMENTS for a task that is not open, without evidence, reason or person, and for a person
 * whom the runbook does not know.
 */
export function readChange(
  action: TaskAction,
  id: string,
  options: CommandOptions,
  lists: readonly TaskList[],
  { by, run }: Teller,
  { runbook }: Pick<Wired, 'runbook'>,
): TaskChange {
  const found = findTask(id, lists);
  const of = found.list.of;
  const task = found.task.id;
  if (action === 'assign') {
    const to = textOf(options.to);
    if (to === '') throw noWord('--to', 'A task belongs to somebody.', LINES.assign);
    const owner = readPerson(to, runbook);
    const data = { of, task, owner, by };
    return { ...found, event: { id: run, run, type: 'task.assigned', data }, said: `${task} is ${owner}'s` };
  }
  const said = textOf(action === 'done' ? options.evidence : options.reason);
  const why = `What shows it: ${found.task.closedBy}.`;
  if (said === '' && action === 'done')
    throw noWord('--evidence', why, `release task done ${task} --evidence "…"`);
  // An example that names another task would close that one.
  const line = `release task drop ${task} --reason "…"`;
  if (said === '') throw noWord('--reason', 'What is not done must be explained later.', line);
  const how = action === 'done' ? 'done' : 'dropped';
  const data = { of, task, how, said, by } as const;
  return {
    ...found,
    event: { id: closingId(of, task), run, type: 'task.closed', data },
    said: `${task} is ${how}: ${said}`,
  };
}
