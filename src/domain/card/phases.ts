import type { PlanEntry } from '../plan.ts';

/** A phase of a run in words that finish the sentence "Release v2.1.0: …", and the entries that begin it. */
type Phases = readonly (readonly [words: string, begins: readonly string[]])[];

const FIRST = 'getting ready';

const DEPLOY: Phases = [
  ['keeping what is live safe', ['maintenance-on', 'restore-point', 'backup', 'baseline']],
  ['migrating the database', ['schema-before', 'migrate']],
  ['merging', ['merge-and-tag']],
  ['publishing', ['publish']],
  ['testing', ['warm-up', 'smoke']],
  ['letting users in', ['maintenance-off', 'gate-open']],
];

const ROLLBACK: Phases = [
  ['holding back what comes in', ['maintenance-on', 'pause-jobs', 'traffic-away', 'webhooks-off']],
  ['taking the code back', ['restore-commit', 'publish']],
  ['taking the data back', ['count-loss', 'restore-database', 'revert']],
  ['testing', ['resume-jobs', 'warm-up', 'smoke']],
  ['letting users in', ['maintenance-off', 'traffic-normal']],
];

/** What of a plan its phases go by. */
interface Planned {
  readonly command: string;
  readonly entries: readonly PlanEntry[];
}

/** `migrate:0043_exports` begins what `migrate` begins. */
const begins = (phases: Phases, { name }: PlanEntry): number =>
  phases.findIndex(([, names]) => names.includes(name.replace(/:.*$/, '')));

/**
 * The phase in which a run stands at this entry. A plan that looks again at what it did in an earlier phase does not go
 * back to it. The first phase for a name that the plan does not have.
 */
export function phaseAt(plan: Planned, name: string): string {
  const phases = plan.command === 'rollback' ? ROLLBACK : DEPLOY;
  const at = plan.entries.findIndex((entry) => entry.name === name);
  const begun = plan.entries.slice(0, at + 1).map((entry) => begins(phases, entry));
  return phases[Math.max(-1, ...begun)]?.[0] ?? FIRST;
}
