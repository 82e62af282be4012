import type { HandoffItem, HandoffKind } from '../../domain/handoff/item.ts';
import type { Proof } from '../../domain/handoff/proof.ts';

/** What one handoff is about, and what is known for it before anybody says a word. */
export interface Meeting {
  readonly kind: HandoffKind;
  readonly version: string;
  /** Candidate, run or incident: answers and signatures count for this alone. */
  readonly subject: string;
  /** What the subject is, in words. */
  readonly about: string;
  readonly items: readonly HandoffItem[];
  /** By item. */
  readonly proofs: ReadonlyMap<string, Proof>;
  /** Who signs. */
  readonly roles: readonly string[];
  readonly warnings: readonly string[];
}
