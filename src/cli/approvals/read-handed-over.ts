import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Wired } from '../wired.ts';
import { readDecision } from './read-decision.ts';

type Signed = Extract<LedgerEvent, { type: 'approval.recorded' }>;
type Handed = { readonly version: string; readonly commit: string };

/** What the last signature of this handoff was bound to; undefined where an item was answered anew since, or nothing was signed. */
function findSigned({ version, commit }: Handed, events: readonly LedgerEvent[]) {
  const subject = `${version} ${commit}`;
  const last = events.findLast(
    (event): event is Signed =>
      event.type === 'approval.recorded' &&
      event.data.approval.point === 'before' &&
      event.data.approval.run === subject &&
      event.data.approval.decision === 'go',
  );
  const isAnsweredSince = events.some(
    (event) =>
      event.type === 'handoff.answered' &&
      event.data.subject === subject &&
      last !== undefined &&
      event.seq > last.seq,
  );
  return last === undefined || isAnsweredSince ? undefined : makeEvidence(last.data.items);
}

/**
 * Who has signed the handoff of this candidate, by the ledger (PRE-29). Its items are not asked anew here: those that checks prove
 * are evidence of the decision itself, and of the others each new answer takes every signature away.
 */
export const readHandedOver = (
  candidate: Handed,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<DecisionState | undefined> =>
  readDecision(
    {
      point: 'before',
      version: candidate.version,
      run: `${candidate.version} ${candidate.commit}`,
      evidence: findSigned(candidate, events),
    },
    events,
    wired,
  );
