import type { StagedRecord } from '../domain/staged-record.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns, type RunState } from './fold.ts';

const isOf = ({ plan }: RunState, commit: string): boolean =>
  plan.command === 'deploy' && plan.basis.commit === commit;

/**
 * The newest deploy of exactly this commit to an environment where candidates are tried, by the ledger of that environment;
 * undefined: there is none (PRE-15).
 */
export function findStaged(events: readonly LedgerEvent[], commit: string): StagedRecord | undefined {
  const found = foldRuns(events).findLast((run) => isOf(run, commit));
  if (found === undefined) return undefined;
  const { run, plan, end, endedAt, lastAt, actor, facts, said } = found;
  const smoke = facts.smoke?.call;
  return {
    ...{ run, version: plan.version, end, at: endedAt ?? lastAt, by: actor, said },
    ...(typeof smoke === 'string' ? { smoke } : {}),
  };
}
