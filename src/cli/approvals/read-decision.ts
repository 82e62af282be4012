import { makeDecisionRule } from '../../config/make-decision-rule.ts';
import type { Evidence } from '../../domain/approvals/evidence.ts';
import { type DecisionState, judgeDecision } from '../../domain/approvals/judge-decision.ts';
import { foldSignOffs, type Subject, type Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Wired } from '../wired.ts';
import { proveSignOffs } from './prove-sign-offs.ts';

/** The decision that is looked at. */
export interface Asked extends Pick<Subject, 'version' | 'point' | 'run'> {
  /** What people have before them now; undefined: nothing. */
  readonly evidence: Evidence | undefined;
  /** Whoever deploys, where that is known by now. */
  readonly deployer?: string;
}

/** What decision 1 and a handoff rest on has to hold until the end. */
const isAboutRun = (point: Subject['point']): boolean => typeof point === 'number' && point !== 1;

/**
 * What the ledger and the keys of the protected branch say of a decision, with sign-offs that are about to be given (`more`);
 * undefined where the runbook has none. A decision about a run
 * that was complete when its last sign-off came stays so: what is measured later is for the next one.
 */
export async function readDecision(
  { point, version, run, evidence, deployer }: Asked,
  events: readonly LedgerEvent[],
  wired: Wired,
  more: readonly Unproven[] = [],
): Promise<DecisionState | undefined> {
  const rule = makeDecisionRule(wired.runbook, point, deployer);
  if (rule === undefined) return undefined;
  const { runbook, env } = wired;
  const subject = { service: runbook.service, environment: env, version, point, run };
  const signOffs = await proveSignOffs([...foldSignOffs(events, subject), ...more], wired);
  const last = signOffs.findLast(({ payload, fault }) => payload.decision === 'go' && fault === undefined);
  if (isAboutRun(point) && last !== undefined) {
    const then = { digest: last.payload.evidence, items: last.items };
    const settled = judgeDecision(rule, signOffs, then);
    if (settled.isComplete) return settled;
  }
  return judgeDecision(rule, signOffs, evidence);
}
