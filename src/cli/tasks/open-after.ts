import { sayMoment } from '../../domain/calendar/say-moment.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { listOpenTasks } from '../../ledger/fold-tasks.ts';
import { findNext } from '../../report/task-text.ts';
import type { CommandResult } from '../command.ts';
import type { Wired } from '../wired.ts';
import { openTasks } from './open-tasks.ts';

/** The end of a run with what is to be done after it. A ledger that does not answer keeps nobody: the next tick opens the list. */
export async function openAfter(ended: CommandResult, wired: Wired): Promise<CommandResult> {
  if (ended.verdict !== 'completed') return ended;
  try {
    const list = (await openTasks(wired)).find(({ of }) => of === ended.run);
    const now = wired.clock.now().getTime();
    const next = list && findNext(list, now);
    if (list === undefined || next === undefined) return ended;
    const first = sayMoment(Date.parse(next.due), wired.runbook.timezone);
    const text = `${ended.text}\n    ${plural(listOpenTasks(list).length, 'task')} after it, the first due by ${first}: release task`;
    return { ...ended, text, next: [...ended.next, `release task --env ${wired.env}`] };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return ended;
  }
}
