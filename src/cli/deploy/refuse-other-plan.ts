import { ReleaseError } from '../../domain/failure.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';

const short = (commit: string): string => commit.slice(0, 7);

/**
 * Throws E_PLAN_STALE when somebody agreed to another plan than the one that was made now: the branch, main, what is
 * live, the migrations or the configuration moved since (ux 2.11). Nothing was begun.
 */
export function refuseOtherPlan(wanted: unknown, id: string, facts: DeployFacts): void {
  if (wanted === undefined || wanted === id) return;
  const { version, main, branch, branchName, from, pending } = facts;
  throw new ReleaseError('E_PLAN_STALE', {
    what: `Plan ${String(wanted)} no longer holds; the plan is ${id} now.`,
    why: `Now main is ${short(main)}, ${branchName} ${short(branch)}, live ${from || 'not known'}, ${pending.length} migrations pending; one of these or the configuration has moved.`,
    next: `Look again: release deploy ${version} --plan`,
    state: 'untouched',
  });
}
