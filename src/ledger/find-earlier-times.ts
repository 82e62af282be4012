import type { RunState } from './fold.ts';

const MOST_RUNS = 5;

/** How long entries took in the last five deploys and rollbacks, by name: the longest of each, in ms. */
export function findEarlierTimes(runs: readonly RunState[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  const recent = runs
    .filter(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback')
    .slice(-MOST_RUNS);
  for (const { entries } of recent)
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.state !== 'done' || entry.how !== 'effect') continue;
      longest.set(name, Math.max(entry.tookMs, longest.get(name) ?? 0));
    }
  return longest;
}
