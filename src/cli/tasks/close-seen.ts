import { foldTasks, listOpenTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import type { Wired } from '../wired.ts';
import { openTasks } from './open-tasks.ts';
import { readSeen } from './read-seen.ts';
import { isAfterRelease, readReleased } from './see-release.ts';

/** Of a task there is one end: whoever comes second finds it. */
export const closingId = (of: string, task: string): string => `${of}:task:${task}:closed`;

const isSeeable = (list: TaskList): boolean => listOpenTasks(list).some(({ seenBy }) => seenBy !== undefined);

/** Opens what is missing, closes what the program can see to be done, and answers with every list of the environment. */
export async function closeSeen(wired: Wired): Promise<readonly TaskList[]> {
  const { ledger, scope } = wired;
  const lists = await openTasks(wired);
  const events = await ledger.read(scope);
  let closed = 0;
  for (const list of lists.filter(isSeeable)) {
    const seen = isAfterRelease(list)
      ? readReleased(list, events, wired)
      : await readSeen(list, events, wired);
    for (const { id: task, seenBy } of listOpenTasks(list)) {
      const said = seenBy === undefined ? undefined : seen.get(seenBy);
      if (said === undefined) continue;
      const data = { of: list.of, task, how: 'seen', said, by: 'release' } as const;
      const id = closingId(list.of, task);
      await ledger.note(scope, { id, run: `t-${list.of}`, type: 'task.closed', data });
      closed += 1;
    }
  }
  return closed === 0 ? lists : foldTasks(await ledger.read(scope));
}
