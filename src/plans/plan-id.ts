import type { Runbook } from '../kit.ts';
import { type DeployFacts, planDeploy } from './plan-deploy.ts';

const NO_RUN = 'r-00000000-0000-0000';
const NO_TIME = '1970-01-01T00:00:00.000Z';

/**
 * A short name for what a deploy would do, `p-` and eight hex digits: equal for two plans of the same release over the
 * same world and configuration, whenever and by whomever they are made. Measured times are no part of it.
 */
export function planIdOf(facts: DeployFacts, runbook: Runbook, env: string): string {
  const { rehearsed: _, ...timeless } = facts;
  return `p-${planDeploy({ ...timeless, run: NO_RUN, at: NO_TIME }, runbook, env).digest.slice(0, 8)}`;
}
