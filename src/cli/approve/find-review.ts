import { REVIEW_OUTCOMES, REVIEW_SPECS, type Review } from '../../domain/approvals/review.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { foldPreflight } from '../../ledger/approvals/fold-preflight.ts';
import { listUnsettled } from '../../ledger/approvals/review-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { reviewEvidence } from '../approvals/read-reviews.ts';
import { branchOf, listPrepared, refuseUnknown } from '../facts/find-release.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { findVersion, whyNotAbout } from './find-first-decision.ts';
import { findLaterDecision } from './find-later-decision.ts';

const noReview = (review: Review): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `The configuration has no review ${review}.`,
    next: `Say who signs it: reviews.${review}.roles (docs/approvals.md).`,
    state: 'untouched',
  });

type Found = Omit<DecisionAtHand, 'title' | 'outcomes'>;

/** A review of a candidate: what its own checks came to at the tip of the release branch. */
async function findOfCandidate(
  review: Review,
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Found> {
  const { services, runbook } = wired;
  const version = await findVersion(typed, wired);
  const branch = branchOf(runbook, version);
  const commit = await services.git.branchTip(branch);
  if (commit === undefined) return refuseUnknown(version, branch, await listPrepared(services.git, runbook));
  const found = foldPreflight(events, version);
  const evidence = reviewEvidence(review, { version, commit, found });
  const unsettled = evidence === undefined ? [] : listUnsettled(evidence);
  const noGround = whyNotAbout(found, commit, branch) ?? (unsettled.join('; ') || undefined);
  return {
    ...{ point: review, version, commit, run: '', evidence, warnings: [] },
    about: noGround ?? `candidate ${commit.slice(0, 7)}`,
    ...(noGround === undefined ? {} : { noGround }),
  };
}

/**
 * A review that somebody is about to sign (PRE-17, PRE-21 to PRE-23; DAY-29). Throws E_NOT_CONFIGURED where the runbook has no such
 * one, E_VERSION_UNKNOWN, E_DECISION_CLOSED.
 */
export async function findReview(
  review: Review,
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<DecisionAtHand> {
  if (wired.runbook.reviews[review] === undefined) throw noReview(review);
  const { title, about } = REVIEW_SPECS[review];
  const found =
    about === 'candidate'
      ? await findOfCandidate(review, typed, events, wired)
      : await findOfRun(review, typed, events, wired);
  return { ...found, title, outcomes: REVIEW_OUTCOMES };
}

/** A review of a run rests on what decision 2 rests on, and comes before it. */
async function findOfRun(
  review: Review,
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Found> {
  const { noGround: _, groundBy: __, ...found } = await findLaterDecision(2, typed, events, wired);
  return { ...found, warnings: [], point: review };
}
