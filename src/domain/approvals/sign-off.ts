import type { EvidenceItem } from './evidence.ts';
import type { ApprovalPayload } from './payload.ts';

/**
 * Why a sign-off does not count. `form`: it is not one of this decision. `right`: whoever it names may not give it.
 * `proof`: it is not proven that they gave it.
 */
export interface Fault {
  readonly kind: 'form' | 'right' | 'proof';
  readonly why: string;
}

/** A recorded sign-off, looked at anew: what was found out about it, and not what it says of itself. */
export interface SignOff {
  /** Of its entry in the ledger. */
  readonly id: string;
  readonly payload: ApprovalPayload;
  /** What the person had before them; its digest was compared with the signed one. */
  readonly items: readonly EvidenceItem[];
  readonly fault?: Fault;
  /** Fingerprint of the key that signed it. */
  readonly key?: string;
}
