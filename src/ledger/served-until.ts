import type { RunState } from './fold.ts';

/**
 * Until when the version of a run was in use, or what it replaced, in ms since 1970: what is measured later is compared
 * with that time. After a rollback it ends where the first release that left the version began, because what came in
 * between is what was rolled back from (E-22).
 */
export function findServedUntil(runs: readonly RunState[], run: RunState): number {
  const start = Date.parse(run.startedAt);
  if (run.plan.command !== 'rollback') return start;
  const before = runs.slice(0, runs.indexOf(run));
  const left = before.findLast(({ plan }) => plan.command === 'deploy' && plan.from === run.plan.version);
  return left === undefined ? start : Date.parse(left.startedAt);
}
