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
  /** Command of an incident is offered; whoever offers it has it until it is accepted (HOE-19). Persons as keys under `people`. */
  'handoff.offered': {
    readonly subject: string;
    readonly version: string;
    readonly by: string;
    readonly to: string;
  };
  'handoff.accepted': { readonly subject: string; readonly version: string; readonly by: string };
}
