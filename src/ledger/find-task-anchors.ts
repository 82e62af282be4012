import { hours } from '../domain/duration.ts';
import { afterRelease } from '../domain/tasks/lists/after-release.ts';
import { afterRollback } from '../domain/tasks/lists/after-rollback.ts';
import type { TaskListSpec } from '../domain/tasks/task-spec.ts';
import type { LedgerEvent } from './event.ts';
import { findRollbacks } from './find-troubles.ts';
import { foldRuns, type RunState } from './fold.ts';
import { foldWeek, type WeekPolicy } from './fold-week.ts';
import { isWeekOver, judgeWeek } from './judge-week.ts';

/** After that nobody begins to be reminded of what an older program never told. */
const FRESH_MS = hours(24 * 7);

/** What a list of tasks follows. */
export interface TaskAnchor {
  readonly spec: TaskListSpec;
  readonly run: RunState;
  /** The version that it is about: of a rollback the one that was taken back. */
  readonly about: string;
  /** ISO: from when its times count. */
  readonly since: string;
}

/** A rollback, from its end. */
export const anchorRollback = (run: RunState): TaskAnchor => ({
  ...{ spec: afterRollback, run, about: run.plan.from, since: run.endedAt ?? run.lastAt },
});

const isRollback = ({ plan, end }: RunState): boolean =>
  plan.command === 'rollback' && end === 'completed' && plan.from !== '' && plan.from !== plan.version;

/** What the anchors are judged by. */
export interface AnchorPolicy {
  readonly monitoring: WeekPolicy;
  /** False: nobody but the team meets a release there, and a rehearsal has no week. */
  readonly hasUsers: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** What is live, from the moment at which users came, once its monitoring is over: whether or not somebody watched it. */
function findReleased(
  events: readonly LedgerEvent[],
  runs: readonly RunState[],
  { monitoring, hasUsers, now }: AnchorPolicy,
): readonly TaskAnchor[] {
  const week = hasUsers ? foldWeek(events, monitoring) : undefined;
  if (week === undefined || isWeekOver(week, now) || judgeWeek(week, now).state === 'monitoring') return [];
  const { release, version, open } = week;
  if (release.plan.command !== 'deploy' || release.plan.from === version) return [];
  // One that has not ended, or ended unsafe, leaves nobody sure of what is live.
  if (findRollbacks(runs, release).length > 0) return [];
  return [{ spec: afterRelease, run: release, about: version, since: new Date(open).toISOString() }];
}

/** Everything of the last week after which people have something to do. */
export function findTaskAnchors(events: readonly LedgerEvent[], policy: AnchorPolicy): readonly TaskAnchor[] {
  const runs = foldRuns(events);
  const back = runs
    .filter(isRollback)
    .map(anchorRollback)
    .filter(({ since }) => Date.parse(since) > policy.now - FRESH_MS);
  return [...back, ...findReleased(events, runs, policy)];
}

/** The rollback that took back the version of a release; undefined: none has. `since` is ISO. */
export const findTakenBack = (
  events: readonly LedgerEvent[],
  version: string,
  since: string,
): RunState | undefined =>
  foldRuns(events).find(
    (run) => isRollback(run) && run.plan.from === version && (run.endedAt ?? run.lastAt) > since,
  );
