import type { HandoffItem, HandoffKind } from '../../domain/handoff/item.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import type { Proof } from '../../domain/handoff/proof.ts';

/** A document that comes with a handoff (HOP-28, HOO-30). */
export interface MeetingFile {
  /** Without an ending. */
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
}

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
  /** Tip of the release branch, where it is known: what is signed names it. */
  readonly commit: string;
  /** What comes with it, besides the handoff itself; `standings` are those at the end. */
  readonly files: (standings: readonly Standing[]) => readonly MeetingFile[];
  readonly warnings: readonly string[];
}
