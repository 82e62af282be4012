import type { PlanEntry } from '../domain/plan.ts';
import { moveBranch } from '../steps/git/move-branch.ts';

/** How the branch of an unprotected environment gets to the commit that is published there. */
export interface BranchMove {
  readonly branch: string;
  /** Where it stands; null: it is made. */
  readonly from: string | null;
  /** Commits that leave the branch, newest first, as people know them; none where it goes forward. */
  readonly leaves: readonly string[];
}

/** The move in a plan; none where the branch is there already, or is nobody's to move. */
export function moveOwnBranch(
  move: BranchMove | undefined,
  { commit: to, version }: { readonly commit: string; readonly version: string },
  env: string,
): PlanEntry[] {
  if (move === undefined || move.from === to) return [];
  const { branch, from, leaves } = move;
  const input = { env, branch, from, to, rewrites: leaves.length > 0, version };
  return [moveBranch.with(input, { name: 'branch', usualMs: 5000 })];
}
