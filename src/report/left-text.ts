import { listOverdueTasks, type TaskList } from '../ledger/fold-tasks.ts';
import type { Look } from './look.ts';
import { type Moment, row, warn } from './status-rows.ts';
import { sayOpenTasks } from './task-text.ts';

/** What people have left to do, list by list, for `release status` (PIR rows). */
export const sayLeft = (
  lists: readonly TaskList[] | undefined,
  { now, zone }: Moment,
  look: Look,
): readonly string[] =>
  (lists ?? []).flatMap((list) => {
    const said = sayOpenTasks(list, now.getTime(), zone);
    if (said === undefined) return [];
    return listOverdueTasks(list, now.getTime()).length > 0 ? warn(said, look) : row('', said);
  });
