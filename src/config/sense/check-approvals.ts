import { isReview, REVIEWS, type Review } from '../../domain/approvals/review.ts';
import { sayUnsignable } from '../../domain/approvals/say-unsignable.ts';
import { makeDecisionRule, type Point } from '../make-decision-rule.ts';
import { makeRoster } from '../make-roster.ts';
import type { Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

const POINTS: readonly (Point | Review)[] = [1, 2, 3, 4, ...REVIEWS];

/** A decision or a review that nobody could ever sign as it is asked for would stop the release on its day (E-113). */
function checkPoint(runbook: Runbook, point: Point | Review): Remark[] {
  const rule = makeDecisionRule(runbook, point);
  if (rule === undefined) return [];
  const at = isReview(point) ? ['reviews', point] : ['decisions', String(point)];
  const path = [...at, 'roles'];
  const { quorum } = (isReview(point) ? runbook.reviews[point] : runbook.decisions?.[point]) ?? {};
  const many: Remark[] =
    quorum !== undefined && quorum > rule.roles.length
      ? [{ path: [...at, 'quorum'], message: `there are ${rule.roles.length} roles` }]
      : [];
  // A role that does not exist is told as such.
  const isKnown = rule.roles.every((role) => Object.hasOwn(runbook.roles, role));
  const said = isKnown ? sayUnsignable(rule, makeRoster(runbook)) : undefined;
  const hint = 'Name somebody under people; a team of one says so: staffing.singleOperator: true';
  return [
    ...many,
    ...(said === undefined ? [] : [{ path, message: `${said}. ${hint}`, severity: 'warn' as const }]),
  ];
}

/** A key is found by the mail address of its owner. */
function checkSigners(runbook: Runbook): Remark[] {
  const signed = new Set(
    POINTS.flatMap((point) =>
      [...(makeDecisionRule(runbook, point)?.least ?? [])].flatMap(([role, least]) =>
        least === 'ssh-signed' ? [role] : [],
      ),
    ),
  );
  return Object.entries(runbook.people)
    .filter(([, { email, roles }]) => email === undefined && roles.some((role) => signed.has(role)))
    .map(([key]) => ({
      path: ['people', key],
      message: 'without email no key is theirs, and they have to sign with one',
      severity: 'warn',
    }));
}

/** Decisions that could not be signed on the day. */
export const checkApprovals = (runbook: Runbook): Remark[] => [
  ...POINTS.flatMap((point) => checkPoint(runbook, point)),
  ...checkSigners(runbook),
];
