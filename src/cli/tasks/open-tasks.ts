import { makeCalendar } from '../../config/make-schedule.ts';
import { hours } from '../../domain/duration.ts';
import { afterRollback } from '../../domain/tasks/lists/after-rollback.ts';
import { makeTasks } from '../../domain/tasks/make-tasks.ts';
import type { TaskListSpec } from '../../domain/tasks/task-spec.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import { foldTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import type { Wired } from '../wired.ts';

/** After that nobody begins to be reminded of what an older program never told. */
const FRESH_MS = hours(24 * 7);

const LISTS: readonly { readonly spec: TaskListSpec; readonly follows: (run: RunState) => boolean }[] = [
  {
    spec: afterRollback,
    follows: ({ plan, end }) =>
      plan.command === 'rollback' && end === 'completed' && plan.from !== '' && plan.from !== plan.version,
  },
];

const rolesOf = ({ roles, people }: Wired['runbook']): ReadonlySet<string> =>
  new Set([...Object.keys(roles), ...Object.values(people).flatMap((one) => one.roles)]);

/** The list as it is opened for this run; its times count from the run's end. */
export function makeList(spec: TaskListSpec, run: RunState, { runbook }: Pick<Wired, 'runbook'>) {
  const since = run.endedAt ?? run.lastAt;
  const policy = { calendar: makeCalendar(runbook), zone: runbook.timezone, roles: rolesOf(runbook) };
  return {
    of: run.run,
    list: spec.name,
    version: run.plan.version,
    about: run.plan.from,
    since,
    tasks: makeTasks(spec, Date.parse(since), policy),
  };
}

/** Lists that should be there and are not. */
function listMissing(events: readonly LedgerEvent[], now: number) {
  const known = new Set(foldTasks(events).map(({ of, list }) => `${of} ${list}`));
  const fresh = foldRuns(events).filter((run) => Date.parse(run.endedAt ?? run.lastAt) > now - FRESH_MS);
  return LISTS.flatMap(({ spec, follows }) =>
    fresh
      .filter((run) => follows(run) && !known.has(`${run.run} ${spec.name}`))
      .map((run) => ({ spec, run })),
  );
}

/** Opens what is to be done after each run of the last week, once, and answers with every list of the environment. */
export async function openTasks(wired: Wired): Promise<readonly TaskList[]> {
  const { ledger, scope, clock } = wired;
  const events = await ledger.read(scope);
  const missing = wired.isBlind ? [] : listMissing(events, clock.now().getTime());
  for (const { spec, run } of missing) {
    const data = makeList(spec, run, wired);
    const id = `${run.run}:tasks:${spec.name}`;
    await ledger.note(scope, { id, run: `t-${run.run}`, type: 'tasks.opened', data });
  }
  return foldTasks(missing.length === 0 ? events : await ledger.read(scope));
}
