import { oneLine } from '../../domain/screen-text.ts';
import { listOverdueTasks, type TaskList, type TaskState } from '../../ledger/fold-tasks.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';
import { sayOwner, type TaskMoment } from '../task-text.ts';
import type { OpenLine } from './action-items.ts';

const safe = (text: string): string => markdownText.text(oneLine(text, 300));

function sayTask(task: TaskState, moment: Pick<TaskMoment, 'zone' | 'titles'>): string {
  const { id, what, due, closed } = task;
  const said = `${safe(what)} (${id})`;
  if (closed?.how === 'dropped') return `- ${said}: not done, says ${safe(closed.by)}: ${safe(closed.said)}`;
  if (closed !== undefined)
    return `- [x] ${said}: ${safe(closed.said)}${closed.how === 'seen' ? '' : ` (${safe(closed.by)})`}`;
  const { zone } = moment;
  return `- [ ] ${said}, by ${sayDay(due, zone)}, ${sayClock(due, zone)}: ${safe(sayOwner(task, moment))}`;
}

/** What is to be done, box by box, and what became of it. */
export const writeFollowUp = (list: TaskList, moment: Pick<TaskMoment, 'zone' | 'titles'>): string =>
  [
    'Boxes are ticked by `release task`, and written here by `--update`.',
    '',
    ...list.tasks.map((task) => sayTask(task, moment)),
  ].join('\n');

/** The document is its own evidence for these. */
const isOwn = ({ seenBy }: TaskState): boolean => seenBy?.startsWith('postmortem-') === true;

/** Tasks that nobody has closed although their time is over, with the line at which the document has them. */
export function listLate(list: TaskList, document: string, now: Date): readonly OpenLine[] {
  const lines = document.split('\n');
  return listOverdueTasks(list, now.getTime())
    .filter((task) => !isOwn(task))
    .map(({ id, what }) => ({
      line: Math.max(1, lines.findIndex((text) => text.includes(`(${id})`)) + 1),
      said: `overdue: ${what} (${id})`,
    }));
}
