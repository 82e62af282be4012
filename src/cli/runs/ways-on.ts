import type { Plan } from '../../domain/plan.ts';
import type { RunResult } from '../../engine/run-plan.ts';
import { isBackMerge } from '../prepare/is-back-merge.ts';
import type { Ending } from './judge-ending.ts';

/** Where a run ended early, and by what. */
type Stopping = Pick<RunResult, 'at' | 'error'>;

/**
 * The line that goes on with a rollback that stopped: resuming it, or the same once more where its plan meets the same
 * again and a new one does not, because main has moved, its remote is away or the record is wrong. The last entry waits for
 * the remote only.
 */
export function wayBackOn(plan: Plan, at: string | undefined, code: string | undefined): string {
  const { env, version, basis, entries } = plan;
  const isAway = code === 'E_GIT' && at !== entries.at(-1)?.name;
  const isMet = code === 'E_PLAN_STALE' || code === 'E_NOT_AS_RECORDED';
  if (!isMet && !isAway) return `release rollback --resume --env ${env}`;
  const data = basis.data === 'restore' ? ' --db restore' : '';
  return `release rollback --to ${version}${data} --env ${env}`;
}

/** The exact command lines that go on from a run's end, most likely first (ux 2.4). */
export function waysOn(plan: Plan, { verdict }: Ending, { at, error }: Stopping = {}): readonly string[] {
  const { command, env, version, from } = plan;
  if (command === 'prepare') return waysOfPrepare(plan, verdict);
  const back = from === '' || from === version ? [] : [`release rollback --to ${from} --env ${env}`];
  if (verdict === 'completed')
    return command === 'deploy' ? [`release status --env ${env}`, ...back] : [`release status --env ${env}`];
  if (verdict === 'fenced') return [`release status --env ${env}`];
  const resume = `release ${command} --resume --env ${env}`;
  if (command === 'rollback') return [wayBackOn(plan, at, error?.code), `release status --env ${env}`];
  if (command !== 'deploy') return [resume, `release status --env ${env}`];
  return [resume, ...back, `release deploy --abandon --env ${env} --reason "…"`];
}

/** A preparation changes no environment: it goes on, is given up, or is followed by the question whether it may go out. */
function waysOfPrepare(plan: Plan, verdict: Ending['verdict']): readonly string[] {
  const isBack = isBackMerge(plan);
  if (verdict === 'completed') return isBack ? [] : [`release preflight ${plan.version}`];
  if (verdict === 'fenced') return [`release prepare ${isBack ? '--back-merge' : plan.version} --plan`];
  return ['release prepare --resume', 'release prepare --abandon --reason "…"'];
}

/** The line that carries out the entry behind `at`; without `at` the first one. */
export function stepOn({ entries, env }: Plan, run: string, at: string | undefined): readonly string[] {
  const next = entries[entries.findIndex(({ name }) => name === at) + 1];
  return next === undefined ? [] : [`release step run ${run} ${next.name} --env ${env}`];
}
