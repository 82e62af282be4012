import { hours } from '../domain/duration.ts';
import type { Rule, RuleBook } from '../domain/watch/rule.ts';
import type { Runbook } from './schema/index.ts';

/** What rules are made of. */
export interface RuleParts extends Pick<Runbook, 'rules' | 'budgets'> {
  readonly smoke?: Runbook['smoke'];
  readonly monitoring: Pick<Runbook['monitoring'], 'criticalMinutes' | 'evaluateSeconds' | 'knownIssues'>;
}

type Written = Runbook['rules'][string];

/** Limits by endpoint, for rules whose bounds are multiples of them (PER rows). */
function limitsOf(against: Written['against'], budgets: Runbook['budgets']): Record<string, number> {
  const all = Object.values(budgets);
  return Object.fromEntries(
    all.map(({ endpoint, p95Ms, errorPercent }) => [
      endpoint,
      against === 'p95-budget' ? p95Ms : errorPercent,
    ]),
  );
}

/** A known issue runs out at the end of its day, by UTC. */
const knownTo = (id: string, { knownIssues }: RuleParts['monitoring']): Rule['known'] =>
  knownIssues
    .filter(({ rule }) => rule === id)
    .map(({ series, until, reason }) => ({ series, reason, until: Date.parse(until) + hours(24) }));

function makeRule(id: string, written: Written, { budgets, monitoring }: RuleParts): Rule {
  const { metric = id, against, ...same } = written;
  const known = knownTo(id, monitoring);
  if (against === undefined || against === 'baseline') return { ...same, id, metric, against, known };
  return { ...same, id, metric, against: 'limits', limits: limitsOf(against, budgets), known };
}

/** Endpoints of the critical calls, as budgets and measurements name them (SUC-03). */
const criticalOf = ({ smoke, budgets }: RuleParts): string[] =>
  (smoke?.calls ?? [])
    .filter(({ critical }) => critical)
    .map(({ budget, method, path }) => budgets[budget]?.endpoint ?? `${method} ${path}`);

/** The rules of the configuration, as the engine takes them. */
export const makeRuleBook = (runbook: RuleParts): RuleBook => ({
  rules: Object.entries(runbook.rules).map(([id, written]) => makeRule(id, written, runbook)),
  criticalMinutes: runbook.monitoring.criticalMinutes,
  everySeconds: runbook.monitoring.evaluateSeconds,
  critical: [...new Set(criticalOf(runbook))],
});
