import type { PlanEntry } from '../domain/plan.ts';
import { saidBy } from '../domain/version.ts';
import type { Runbook } from '../kit.ts';
import { restoreVersion } from '../steps/git/restore-version.ts';
import { seeCandidate } from '../steps/git/see-candidate.ts';
import { seeMain } from '../steps/git/see-main.ts';
import { proveLive } from '../steps/host/prove-live.ts';
import { publish } from '../steps/host/publish.ts';
import { moveOwnBranch } from './move-own-branch.ts';
import type { RollbackFacts } from './rollback-facts.ts';

/** True when the first entry has looked at the tag that is gone back to: then it knows the commit. */
const isSeen = ({ trial, isCodeAway }: RollbackFacts): boolean => trial !== undefined && !isCodeAway;

/** The branch or the tag that is published must be where the plan found it. */
export function codeHolds(
  { main, to, commit, trial, isCodeAway }: RollbackFacts,
  { source }: Runbook,
): PlanEntry[] {
  if (isCodeAway) return [];
  if (trial === undefined)
    return [seeMain.with({ mainBranch: source.main, main }, { name: 'main-as-planned' })];
  const { follows } = trial;
  const seen = { version: to, commit, ...(follows === undefined ? {} : { follows }) };
  return [seeCandidate.with(seen, { name: 'candidate' })];
}

/** The tree of the earlier version on top of main, so that no later release brings back what is left. */
export function mainBack(facts: RollbackFacts, { source }: Runbook): PlanEntry {
  const { to: version, main, at, reason, covers } = facts;
  const order = { mainBranch: source.main, version, main, at, reason, covers: [...covers] };
  return restoreVersion.with(order, { name: 'restore-commit', usualMs: 10_000 });
}

/** The number that comes back, also of a candidate. */
export const numberOf = ({ to }: RollbackFacts): string => saidBy(to).version;

/** The earlier code on the platform, and on main where that is what is released. */
export function codeBack(facts: RollbackFacts, runbook: Runbook, env: string): PlanEntry[] {
  const { trial, commit, to } = facts;
  const said = saidBy(to);
  const isPushed = !facts.treeIsThere && !facts.isCodeAway;
  const known = isPushed || isSeen(facts) ? '' : commit;
  const order = { env, ...said, commitOf: isSeen(facts) ? 'candidate' : 'restore-commit', commit: known };
  const host = runbook.environments[env]?.host !== undefined;
  return [
    ...(isPushed ? [mainBack(facts, runbook)] : []),
    ...moveOwnBranch(trial?.move, { commit, version: to }, env),
    ...(host
      ? [
          publish.with(order, { name: 'publish', usualMs: 240_000 }),
          proveLive.with({ env, ...said, commitOf: 'publish' }, { name: 'prove-live', redoes: 'publish' }),
        ]
      : []),
  ];
}
