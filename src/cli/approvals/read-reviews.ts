import type { Evidence, EvidenceItem } from '../../domain/approvals/evidence.ts';
import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { REVIEW_SPECS, REVIEWS, type Review } from '../../domain/approvals/review.ts';
import type { SignOff } from '../../domain/approvals/sign-off.ts';
import type { Found } from '../../ledger/approvals/preflight-evidence.ts';
import { makeReviewEvidence } from '../../ledger/approvals/review-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import { sayPoint } from '../../report/approval-text.ts';
import type { Wired } from '../wired.ts';
import { type Asked, readDecision } from './read-decision.ts';
import { readHandedOver } from './read-handed-over.ts';
import { makeRunEvidence } from './run-evidence.ts';
import { signLine } from './sign-line.ts';

/** What is signed on the way to a decision, as it stands. */
export interface Reviewed {
  readonly point: Review | 'before';
  readonly state: DecisionState;
  readonly isRequired: boolean;
}

/** The candidate that a review is about; `found`: its preflight, where there is one. */
export interface Candidate {
  readonly version: string;
  readonly commit: string;
  readonly found: Omit<Found, 'config'> | undefined;
}

/** Reviews that the runbook has, of candidates or of runs. */
const listReviews = (about: 'candidate' | 'run', { runbook }: Pick<Wired, 'runbook'>) =>
  REVIEWS.filter((one) => REVIEW_SPECS[one].about === about && runbook.reviews[one] !== undefined);

/** What people have before them when they review a candidate; undefined: no preflight of it is on record. */
export const reviewEvidence = (review: Review, { commit, found }: Candidate): Evidence | undefined =>
  found?.commit === commit ? makeReviewEvidence(review, found) : undefined;

/** One review as it stands; none where the runbook has it not. */
async function readReview(
  asked: Asked & { readonly point: Review },
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Reviewed[]> {
  const { point } = asked;
  const state = await readDecision(asked, events, wired);
  const isRequired = wired.runbook.reviews[point]?.required ?? false;
  return state === undefined ? [] : [{ point, state, isRequired }];
}

/** The reviews of a candidate (PRE-17, PRE-21 to PRE-23). */
export async function readReviews(
  candidate: Candidate,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<readonly Reviewed[]> {
  const { version } = candidate;
  const found = listReviews('candidate', wired).map((point) =>
    readReview({ point, version, run: '', evidence: reviewEvidence(point, candidate) }, events, wired),
  );
  return (await Promise.all(found)).flat();
}

/** What is signed on the way to decision 1: the reviews of the candidate, and the handoff where it is waited for (E-111). */
export async function readBeforeFirst(
  candidate: Candidate,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<readonly Reviewed[]> {
  const reviews = await readReviews(candidate, events, wired);
  if (!wired.runbook.handoffs.before.required) return reviews;
  const state = await readHandedOver(candidate, events, wired);
  return state === undefined ? reviews : [...reviews, { point: 'before', state, isRequired: true }];
}

/** What is signed on the way to decision 2: what people tried by hand in this run (DAY-29). */
export async function readBeforeSecond(
  run: RunState,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<readonly Reviewed[]> {
  const { version } = run.plan;
  const evidence = makeRunEvidence(2, run, events);
  const found = listReviews('run', wired).map((point) =>
    readReview({ point, version, run: run.run, evidence }, events, wired),
  );
  return (await Promise.all(found)).flat();
}

const sayWho = ({ payload: { person, role } }: SignOff, { runbook }: Pick<Wired, 'runbook'>): string =>
  `${runbook.people[person]?.name ?? person} (${role})`;

/** `signed by Pat Example (product-owner)`, or who is waited for, or who has declined. */
export function sayReviewed(
  { noGo, isComplete, lines, missing }: DecisionState,
  wired: Pick<Wired, 'runbook'>,
) {
  if (noGo.length > 0) return `declined by ${noGo.map((one) => sayWho(one, wired)).join(' and ')}`;
  if (!isComplete) {
    const open = lines.filter(({ role }) => missing.includes(role));
    const words = open.map(({ role, why }) => (why === undefined ? role : `${role} (${why})`));
    return `waiting for ${words.join(', ')}`;
  }
  const by = lines.flatMap(({ state, signOff }) =>
    state === 'go' && signOff ? [sayWho(signOff, wired)] : [],
  );
  return `signed by ${by.join(' and ')}`;
}

/** Those that a decision rests on, as its evidence. */
export const asEvidence = (
  reviewed: readonly Reviewed[],
  wired: Pick<Wired, 'runbook'>,
): readonly EvidenceItem[] =>
  reviewed
    .filter(({ isRequired }) => isRequired)
    .map(({ point, state }) => {
      const says = sayReviewed(state, wired);
      return { key: sayPoint(point), says, mark: says };
    });

/** Those without which nobody says GO. */
export const listUnreviewed = (reviewed: readonly Reviewed[]): readonly Reviewed[] =>
  reviewed.filter(({ isRequired, state }) => isRequired && !state.isComplete);

/** What they wait for, and the line that signs the first of them; undefined: they wait for nobody. */
export function sayUnreviewed(
  reviewed: readonly Reviewed[],
  version: string,
  wired: Pick<Wired, 'runbook' | 'env'>,
): { readonly noGround: string; readonly groundBy: string } | undefined {
  const open = listUnreviewed(reviewed);
  const [first] = open;
  if (first === undefined) return undefined;
  const noGround = open.map(({ point, state }) => `${sayPoint(point)}: ${sayReviewed(state, wired)}`);
  return { noGround: noGround.join('; '), groundBy: signLine(first.point, version, wired.env) };
}

/** Those that nobody is waited for and that are open all the same, for whoever decides without them. */
export const sayBeside = (reviewed: readonly Reviewed[], wired: Pick<Wired, 'runbook'>): readonly string[] =>
  reviewed
    .filter(({ isRequired, state }) => !isRequired && !state.isComplete)
    .map(({ point, state }) => `${sayPoint(point)}, which is not required: ${sayReviewed(state, wired)}`);
