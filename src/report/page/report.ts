import type { Runbook } from '../../config/schema/index.ts';
import type { SignOff } from '../../domain/approvals/sign-off.ts';
import type { Story } from '../../ledger/find-story.ts';
import type { Measured } from '../measured/collect-series.ts';
import type { Change } from '../postmortem/parts.ts';

/** Everything that a report is made from. */
export interface Report {
  readonly story: Story;
  readonly runbook: Runbook;
  readonly env: string;
  /** What watches of these runs measured; empty: nothing that this machine has. */
  readonly measured: readonly Measured[];
  /** Looked at anew: who gave them is proven or not. */
  readonly signOffs: readonly SignOff[];
  /** What the version brought; undefined where a report does not ask for it. */
  readonly change: Change | undefined;
  /** ISO. */
  readonly madeAt: string;
  /** Version of this program. */
  readonly tool: string;
  /** Why the ledger could not be asked; what is told is as this machine last saw it. */
  readonly unreached?: string;
}
