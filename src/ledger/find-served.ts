import type { RunState } from './fold.ts';

/** What never began to publish left users what they had. */
const mayHaveMoved = ({ plan, end, entries }: RunState): boolean =>
  (plan.command === 'deploy' || plan.command === 'rollback') &&
  (end === 'completed' || entries.publish !== undefined);

/**
 * The version that users were brought last, by the ledger: of a deploy that began to publish its own, of a rollback that did not
 * come to its end the one that it left. For a moment at which the application does not say it; empty when nobody knows.
 */
export function findServed(runs: readonly RunState[]): string {
  const last = runs.findLast(mayHaveMoved);
  if (last === undefined) return '';
  return last.plan.command === 'rollback' && last.end !== 'completed' ? last.plan.from : last.plan.version;
}
