import { carriesCandidates } from '../../config/carries-candidates.ts';
import { makeCalendar } from '../../config/make-schedule.ts';
import { afterRelease } from '../../domain/tasks/lists/after-release.ts';
import { makeTasks } from '../../domain/tasks/make-tasks.ts';
import type { LedgerEvent, NewEvent } from '../../ledger/event.ts';
import { findTakenBack, findTaskAnchors, type TaskAnchor } from '../../ledger/find-task-anchors.ts';
import { foldTasks, listOpenTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import type { Wired } from '../wired.ts';

const rolesOf = ({ roles, people }: Wired['runbook']): ReadonlySet<string> =>
  new Set([...Object.keys(roles), ...Object.values(people).flatMap((one) => one.roles)]);

/** The list as it is opened for this run. */
export function makeList({ spec, run, about, since }: TaskAnchor, { runbook }: Pick<Wired, 'runbook'>) {
  const policy = { calendar: makeCalendar(runbook), zone: runbook.timezone, roles: rolesOf(runbook) };
  return {
    ...{ of: run.run, list: spec.name, version: run.plan.version, about, since },
    tasks: makeTasks(spec, Date.parse(since), policy),
  };
}

/** Lists that should be there and are not, as their events. */
function listMissing(events: readonly LedgerEvent[], wired: Wired): readonly NewEvent[] {
  const { runbook, environment, clock } = wired;
  const now = clock.now().getTime();
  const policy = { monitoring: runbook.monitoring, hasUsers: environment.protected, now };
  const known = new Set(foldTasks(events).map(({ of, list }) => `${of} ${list}`));
  return findTaskAnchors(events, policy)
    .filter(({ spec, run: { run } }) => !known.has(`${run} ${spec.name}`))
    .map((anchor) => {
      const { spec, run } = anchor;
      const id = `${run.run}:tasks:${spec.name}`;
      return { id, run: `t-${run.run}`, type: 'tasks.opened', data: makeList(anchor, wired) };
    });
}

/** Lists of releases that were taken back: what is to be done now stands in the list of the rollback. */
function listTakenBack(events: readonly LedgerEvent[]): readonly NewEvent[] {
  return foldTasks(events)
    .filter((list) => list.list === afterRelease.name && listOpenTasks(list).length > 0)
    .flatMap(({ of, list, about, since }) => {
      const back = findTakenBack(events, about, since);
      if (back === undefined) return [];
      const data = { of, list, said: `${about} was rolled back, run ${back.run}`, by: 'release' };
      return [{ id: `${of}:tasks:${list}:dropped`, run: `t-${of}`, type: 'tasks.dropped', data } as const];
    });
}

/**
 * Opens what is to be done after each run of the last week, once, drops what a rollback has made void, and answers with every list
 * of the environment. Nothing is to be done after what was only tried out.
 */
export async function openTasks(wired: Wired): Promise<readonly TaskList[]> {
  const { ledger, scope } = wired;
  const events = await ledger.read(scope);
  const isLeft = wired.isBlind || carriesCandidates(wired.runbook, wired.env);
  const due = isLeft ? [] : [...listMissing(events, wired), ...listTakenBack(events)];
  for (const event of due) await ledger.note(scope, event);
  return foldTasks(due.length === 0 ? events : await ledger.read(scope));
}
