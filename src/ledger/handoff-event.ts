import type { HandoffKind } from '../domain/handoff/item.ts';

/** What people say in a handoff. `subject`: the candidate, run or incident that it is about; of another it says nothing. */
export interface HandoffEventData {
  'handoff.answered': {
    readonly kind: HandoffKind;
    readonly version: string;
    readonly subject: string;
    readonly item: string;
    readonly text: string;
    readonly by: string;
    /** What the evidence was when it was said. */
    readonly mark: string;
  };
}
