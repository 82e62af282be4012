import type { Demand } from './method.ts';
import type { SignedPoint } from './payload.ts';

/** Who has to sign a decision, and what counts. */
export interface DecisionRule {
  readonly point: SignedPoint;
  readonly roles: readonly string[];
  /** How many of the roles have to sign. */
  readonly quorum: number;
  /** By role, the least that proves who signed. */
  readonly least: ReadonlyMap<string, Demand>;
  /** True: one person may sign for several roles. */
  readonly isSingleOperator: boolean;
  /** Key of whoever deploys, where their own sign-off does not count. */
  readonly excluded?: string;
}
