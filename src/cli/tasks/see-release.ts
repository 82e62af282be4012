import { afterRelease } from '../../domain/tasks/lists/after-release.ts';
import type { Sight } from '../../domain/tasks/task-spec.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listOpenTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import { seeWeek } from '../../ledger/see-week.ts';
import type { Wired } from '../wired.ts';

type See = Pick<Wired, 'runbook' | 'clock'>;

export const isAfterRelease = ({ list }: TaskList): boolean => list === afterRelease.name;

const seeTasks = (list: TaskList, events: readonly LedgerEvent[], { runbook, clock }: See) =>
  seeWeek(list, events, runbook, clock.now().getTime());

/** What the record shows to be done of the tasks after a release, by what they can be seen by. */
export const readReleased = (
  list: TaskList,
  events: readonly LedgerEvent[],
  wired: See,
): ReadonlyMap<Sight, string> =>
  new Map(
    [...seeTasks(list, events, wired)].flatMap(([sight, { isDone, said }]) =>
      isDone ? [[sight, said] as const] : [],
    ),
  );

/** Why tasks that could be seen to be done are not, by run and task: what is lacking, or was not good. */
export function listLacking(
  lists: readonly TaskList[],
  events: readonly LedgerEvent[],
  wired: See,
): ReadonlyMap<string, string> {
  const told = lists.filter(isAfterRelease).flatMap((list) => {
    const seen = seeTasks(list, events, wired);
    return listOpenTasks(list).flatMap(({ id, seenBy }) => {
      const judged = seenBy && seen.get(seenBy);
      return judged === undefined ? [] : [[`${list.of} ${id}`, judged.said] as const];
    });
  });
  return new Map(told);
}
