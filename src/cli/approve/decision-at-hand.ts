import type { Evidence } from '../../domain/approvals/evidence.ts';
import type { SignedPoint } from '../../domain/approvals/payload.ts';

/** A decision that somebody is about to give. */
export interface DecisionAtHand {
  readonly point: SignedPoint;
  readonly version: string;
  readonly commit: string;
  /** As in the payload of a sign-off. */
  readonly run: string;
  readonly title: string;
  /** The good one first. */
  readonly outcomes: readonly [string, string];
  readonly evidence: Evidence | undefined;
  /** What the evidence is, for people: `preflight GO, 14 min ago`. */
  readonly about: string;
  /** Why there is nothing that a GO could rest on; undefined: there is. */
  readonly noGround?: string;
  /** What is typed so that there is. */
  readonly groundBy?: string;
  /** Why it cannot be given any more. */
  readonly closed?: string;
  readonly deployer?: string;
  readonly warnings: readonly string[];
}
