import { isWaitedFor } from '../config/make-decision-rule.ts';
import type { PlanEntry } from '../domain/plan.ts';
import { type Runbook, signOff } from '../kit.ts';

/** Decision 1 comes before the run; that it was taken, and still stands, is its first entry (DP-1a). */
export function beSigned(runbook: Runbook): PlanEntry[] {
  const decision = runbook.decisions?.['1'];
  if (decision === undefined || !isWaitedFor(runbook, 1)) return [];
  return [signOff(1, decision.title, decision.roles, true)];
}
