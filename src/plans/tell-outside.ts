import type { PlannedStep } from '../domain/plan.ts';
import { makeStatusOrder, type Runbook } from '../kit.ts';
import { tellPage } from '../steps/statuspage/tell-page.ts';

/** So long users who are kept out wait for the status page, and no longer. */
const PATIENCE_MS = 3000;

/**
 * The status page in a plan; none where none is configured. It never holds a rollback up. `resolved` stands in no plan: only
 * real traffic, or a person, can say so.
 */
export function tellStatusPage(
  state: 'identified' | 'monitoring',
  runbook: Runbook,
  env: string,
  outBy: readonly string[] = [],
): PlannedStep[] {
  const environment = runbook.environments[env];
  if (environment?.statusPage === undefined) return [];
  const { title, text } = makeStatusOrder(state, runbook, environment, 'impaired');
  const order = { env, state, title, text, outBy: [...outBy], patienceMs: PATIENCE_MS };
  return [tellPage.with(order, { name: `status-${state}`, onFailure: 'warn', usualMs: 2000 })];
}
