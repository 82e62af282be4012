import { type Demand, isAtLeast } from '../domain/approvals/method.ts';
import { isReview, type Review } from '../domain/approvals/review.ts';
import type { DecisionRule } from '../domain/approvals/rule.ts';
import { findPerson } from './find-person.ts';
import type { Runbook } from './schema/index.ts';

/** Decisions of the runbook; handoffs and reviews are signed the same way and decide nothing. */
export type Point = Exclude<DecisionRule['point'], 'before' | 'after' | Review>;

/** Who signs, and what counts for all of them. */
type Asked = Pick<NonNullable<NonNullable<Runbook['decisions']>[Point]>, 'roles' | 'quorum' | 'leastProof'>;

function findAsked(
  { decisions, handoffs, reviews }: Runbook,
  point: DecisionRule['point'],
): Asked | undefined {
  if (isReview(point)) return reviews[point];
  return point === 'before' || point === 'after' ? handoffs[point] : decisions?.[point];
}

const stronger = (one: Demand, other: Demand): Demand => (isAtLeast(one, other) ? one : other);

/**
 * Who has to sign a decision, a handoff or a review, and what counts, by the runbook; undefined where it has no such decision. `deployer`: whoever deploys,
 * as the ledger names them.
 */
export function makeDecisionRule(
  runbook: Runbook,
  point: DecisionRule['point'],
  deployer?: string,
): DecisionRule | undefined {
  const decision = findAsked(runbook, point);
  if (decision === undefined) return undefined;
  const { approvals, staffing, roles: all } = runbook;
  const roles = [...new Set(decision.roles)];
  const ofPoint = stronger(approvals.leastProof, decision.leastProof ?? 'proxy');
  const isSingleOperator = staffing?.singleOperator ?? false;
  const counts = approvals.deployerCounts || isSingleOperator || deployer === undefined;
  const excluded = counts ? undefined : findPerson(runbook, deployer);
  return {
    point,
    roles,
    quorum: Math.min(decision.quorum ?? roles.length, roles.length),
    least: new Map(roles.map((role) => [role, stronger(ofPoint, all[role]?.leastProof ?? 'proxy')])),
    isSingleOperator,
    ...(excluded === undefined ? {} : { excluded }),
  };
}

/** True where a deploy stops until the decision is signed. Users are kept out at decision 2, so that it is waited for on demand. */
export const isWaitedFor = ({ decisions }: Pick<Runbook, 'decisions'>, point: Point): boolean =>
  decisions?.[point] !== undefined && (decisions[point].required ?? point === 1);
