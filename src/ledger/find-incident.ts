import type { LedgerEvent } from './event.ts';
import { foldRuns, type RunState } from './fold.ts';

/** A release that was taken back: what the ledger knows of it, from the beginning of the one to the end of the other. */
export interface Incident {
  /** The run that put the bad version there; the ledger may not have it. */
  readonly deploy?: RunState;
  /** The run that went back. */
  readonly rollback: RunState;
  /** Events of both runs and whatever was recorded between them, in order. */
  readonly events: readonly LedgerEvent[];
}

/** Its runs, oldest first. */
export const runsOf = ({ deploy, rollback }: Incident): readonly RunState[] =>
  deploy === undefined ? [rollback] : [deploy, rollback];

const isRollback = ({ plan }: RunState): boolean => plan.command === 'rollback';

/** The last deploy of the version that the rollback found, before it. */
const findDeploy = (runs: readonly RunState[], rollback: RunState): RunState | undefined =>
  runs
    .slice(0, runs.indexOf(rollback))
    .findLast(({ plan }) => plan.command === 'deploy' && plan.version === rollback.plan.from);

function eventsOf(
  events: readonly LedgerEvent[],
  deploy: RunState | undefined,
  rollback: RunState,
): readonly LedgerEvent[] {
  const first = events.findIndex(({ run }) => run === (deploy ?? rollback).run);
  const last = events.findLastIndex(({ run }) => run === rollback.run);
  return events.slice(first, last + 1);
}

/**
 * The incident of a run: the rollback itself, or the deploy that a later one took back. Without a run the newest one;
 * undefined when there is none.
 */
export function findIncident(events: readonly LedgerEvent[], run?: string): Incident | undefined {
  const runs = foldRuns(events);
  const incidents = runs
    .filter(isRollback)
    .map((rollback) => ({ rollback, deploy: findDeploy(runs, rollback) }));
  const found =
    run === undefined
      ? incidents.at(-1)
      : incidents.find(({ rollback, deploy }) => rollback.run === run || deploy?.run === run);
  if (found === undefined) return undefined;
  const { deploy, rollback } = found;
  return { ...(deploy ? { deploy } : {}), rollback, events: eventsOf(events, deploy, rollback) };
}
