import type { DecisionState } from '../approvals/judge-decision.ts';
import type { Standing } from './judge-item.ts';

export interface HandoffVerdict {
  readonly complete: boolean;
  readonly open: readonly Standing[];
  /** Who has signed; undefined where nobody has to. */
  readonly signed: DecisionState | undefined;
}

/** Whether a handoff is complete: nothing is open, and every role that signs it has signed exactly this (HOP-25 to HOP-27, HOO-29). */
export function judgeHandoff(
  standings: readonly Standing[],
  signed: DecisionState | undefined,
): HandoffVerdict {
  const open = standings.filter(({ state }) => state === 'open' || state === 'stale');
  return { open, signed, complete: open.length === 0 && (signed?.isComplete ?? true) };
}
