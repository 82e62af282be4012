import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';

type Facts = Readonly<Record<string, JsonObject>>;

/** What the restore commit took away that no release had, as the plan named it. */
function listCovered({ entries }: Plan): readonly string[] {
  const entry = entries.find(({ name }) => name === 'restore-commit');
  const input = entry?.kind === 'step' ? (entry.input as JsonObject) : {};
  return Array.isArray(input.covers) ? input.covers.map(String) : [];
}

/**
 * What whoever releases next must know of a rollback that moved main: a branch that is merged there stays without what
 * the restore commit takes away, and git says nothing (E-31). Nothing for a rollback that left main where it was.
 */
export function sayRestored(plan: Plan, facts: Facts): readonly string[] {
  const commit = facts['restore-commit']?.commit;
  if (plan.command !== 'rollback' || typeof commit !== 'string') return [];
  const short = commit.slice(0, 10);
  return [
    `main has the tree of ${plan.version} by ${short}. release prepare brings back what it took away; without it a release begins on main with`,
    `  git revert --no-edit ${short}`,
    ...listCovered(plan).map(
      (line) =>
        `taken from main with it, in no release: ${line}; back with the revert, or alone by cherry-pick`,
    ),
  ];
}
