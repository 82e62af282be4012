import type { EvidenceItem } from '../../domain/approvals/evidence.ts';
import type { RunState } from '../../ledger/fold.ts';

/** What decision 1 was taken on, as the beginning of a run records it. */
export interface TakenOn {
  readonly items: readonly EvidenceItem[];
  /** The newest run before it. */
  readonly run: string;
}

/** Undefined: the run did not wait for a decision. */
export const takenOn = ({ request }: Pick<RunState, 'request'>): TakenOn | undefined =>
  request.decision1 as unknown as TakenOn | undefined;
