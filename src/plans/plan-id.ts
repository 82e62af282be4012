import type { Plan } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import { type DeployFacts, planDeploy } from './plan-deploy.ts';

const TIMELESS = { run: 'r-00000000-0000-0000', at: '1970-01-01T00:00:00.000Z' } as const;

/**
 * A short name for what a plan would do, `p-` and eight hex digits: equal for two plans over the same world and
 * configuration, whenever and by whomever they are made.
 */
export const shortIdOf = (plan: (timeless: typeof TIMELESS) => Plan): string =>
  `p-${plan(TIMELESS).digest.slice(0, 8)}`;

/** That of a deploy. Measured times are no part of it. */
export function planIdOf(facts: DeployFacts, runbook: Runbook, env: string): string {
  const { rehearsed: _, ...known } = facts;
  return shortIdOf((timeless) => planDeploy({ ...known, ...timeless }, runbook, env));
}
