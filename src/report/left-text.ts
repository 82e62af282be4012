import { listOpenTasks, listOverdueTasks, type TaskList } from '../ledger/fold-tasks.ts';
import type { Look } from './look.ts';
import { type Moment, row, warn } from './status-rows.ts';
import { sayList, sayOpenTasks } from './task-text.ts';

/** The end of the way from live over complete and successful, for the run that brought what is live (E-116). */
const sayClosed = (list: TaskList, live: string | undefined): readonly string[] =>
  list.of === live && listOpenTasks(list).length === 0
    ? row('', `closed: every task ${sayList(list)} is done or dropped`)
    : [];

/** What people have left to do, list by list, for `release status` (PIR and POST rows). `live`: the run that brought what is live. */
export const sayLeft = (
  lists: readonly TaskList[] | undefined,
  live: string | undefined,
  { now, zone }: Moment,
  look: Look,
): readonly string[] =>
  (lists ?? []).flatMap((list) => {
    const said = sayOpenTasks(list, now.getTime(), zone);
    if (said === undefined) return sayClosed(list, live);
    return listOverdueTasks(list, now.getTime()).length > 0 ? warn(said, look) : row('', said);
  });
