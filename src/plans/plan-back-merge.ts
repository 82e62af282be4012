import type { Plan } from '../domain/plan.ts';
import type { Version } from '../domain/version.ts';
import { makePlan, type Runbook } from '../kit.ts';
import { mergeBack } from '../steps/git/merge-back.ts';

/** What was true when the plan was made, and the id of the merge that it would push. */
export interface BackMergeFacts {
  /** The newest version that main holds. */
  readonly version: Version;
  readonly main: string;
  /** Where the branch stands that takes main in. */
  readonly tip: string;
  readonly commit: string;
  readonly at: string;
  readonly configDigest: string;
}

/** What was released goes back to where the next release is cut from (E-37): one push. */
export function planBackMerge(facts: BackMergeFacts, runbook: Runbook, env: string): Plan {
  const { version, main, tip, commit, at, configDigest } = facts;
  const { service, source } = runbook;
  const merge = { version, main, mainName: source.main, branchName: source.develop, tip, at, commit };
  const basis = { main, tip, configDigest };
  const head = { command: 'prepare', service, env, version, from: '', basis } as const;
  return makePlan(head, [mergeBack.with(merge, { name: 'back-merge', usualMs: 5000 })]);
}
