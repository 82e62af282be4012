import { compareReleases } from '../domain/version.ts';
import type { RunState } from './fold.ts';

/** What `rollback --to` takes when no version is known that the live one replaced: it then looks for itself. */
const UNNAMED = 'previous';

/** Versions that were left by a rollback and that no release has brought back since. */
function findLeft(runs: readonly RunState[]): ReadonlySet<string> {
  const left = new Set<string>();
  for (const { plan, end } of runs) {
    if (plan.command === 'rollback' && plan.from !== plan.version) left.add(plan.from);
    if ((plan.command === 'deploy' || plan.command === 'rollback') && end === 'completed')
      left.delete(plan.version);
  }
  return left;
}

/**
 * Versions that nobody should be sent to (E-33): this ledger saw them being rolled back from, or their deploy never
 * came to its end and nothing proved them afterwards.
 */
export function findBad(runs: readonly RunState[]): ReadonlySet<string> {
  const proven = new Set(runs.filter((run) => run.end === 'completed').map((run) => run.plan.version));
  const begun = runs.filter(({ plan }) => plan.command === 'deploy').map((run) => run.plan.version);
  return new Set([...findLeft(runs), ...begun.filter((version) => !proven.has(version))]);
}

/**
 * What `rollback --to` takes to leave `version`: the older version that its last deploy replaced, when that is not known
 * to be bad, else `previous`. Never what a rollback to `version` came from: that is the bad one (section 3, E-33).
 */
export function findWayBack(runs: readonly RunState[], version: string): string {
  const brought = runs.findLast(
    ({ plan, end }) => plan.command === 'deploy' && plan.version === version && end === 'completed',
  );
  const from = brought?.plan.from ?? '';
  const isGood = from !== '' && compareReleases(from, version) < 0 && !findBad(runs).has(from);
  return isGood ? from : UNNAMED;
}
