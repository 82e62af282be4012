import type { RunState } from './fold.ts';

const hasRestored = ({ entries }: RunState): boolean => entries['restore-database'] !== undefined;

/** Every question of it has a number. */
const isWhole = ({ facts: { baseline } }: RunState): boolean =>
  typeof baseline?.at === 'number' &&
  (!Array.isArray(baseline.unanswered) || baseline.unanswered.length === 0);

/**
 * Facts of a run, with the numbers that its data are compared with. A rollback that did not ask the database, or had no
 * answer, goes by what was counted before the release that it took back, as its other values do (E-22): the rows of then
 * must still be there. Not past a restore, which takes rows away, as people have agreed.
 */
export function withBaseline(runs: readonly RunState[], run: RunState): RunState['facts'] {
  if (run.plan.command !== 'rollback' || isWhole(run) || hasRestored(run)) return run.facts;
  const before = runs.slice(0, Math.max(0, runs.indexOf(run)));
  // A restore is followed by a count of its own.
  const since = before.slice(Math.max(0, before.findLastIndex(hasRestored)));
  const counted = since.findLast(isWhole)?.facts.baseline;
  return counted === undefined ? run.facts : { ...run.facts, baseline: counted };
}
