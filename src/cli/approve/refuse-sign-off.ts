import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { isReview, REVIEW_SPECS } from '../../domain/approvals/review.ts';
import type { SignOff } from '../../domain/approvals/sign-off.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { sayPoint } from '../../report/approval-text.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import type { Draft } from './make-sign-off.ts';

/** Throws E_DECISION_CLOSED (exit 5) where nothing that is said now would be heard. */
export function refuseClosed(
  { closed, point, version, outcomes }: DecisionAtHand,
  state: DecisionState,
): void {
  const taken =
    typeof point === 'number' && point !== 1 && state.isComplete ? `it was taken: ${outcomes[0]}` : undefined;
  const why = closed ?? taken;
  if (why === undefined) return;
  throw new ReleaseError('E_DECISION_CLOSED', {
    what: `${sayPoint(point)} of ${version} is closed: ${why}.`,
    next: 'release status says where the release stands. Going back is  release rollback',
    state: 'untouched',
  });
}

/** Throws E_NO_EVIDENCE (exit 3) where a GO would rest on nothing, or on a preflight that says otherwise (GO-10). */
export function refuseGroundless({ decision, wish }: Pick<Draft, 'decision' | 'wish'>, env: string): void {
  if (wish.word !== 'go' || decision.noGround === undefined) return;
  throw new ReleaseError('E_NO_EVIDENCE', {
    what: `There is nothing that a ${decision.outcomes[0]} could rest on: ${decision.noGround}.`,
    why: 'A sign-off is bound to what the person had before them. A NO-GO needs none of it.',
    next: decision.groundBy ?? `release preflight ${decision.version} --env ${env}`,
    state: 'untouched',
  });
}

/** Throws E_ARGUMENTS (exit 2) where a review is approved that has to say at which address its results stand (PRE-17). */
export function refuseUnlinked({ decision: { point }, wish }: Pick<Draft, 'decision' | 'wish'>): void {
  if (wish.word !== 'go' || !isReview(point) || !REVIEW_SPECS[point].needsLink) return;
  if (/https?:\/\/\S+/.test(wish.comment)) return;
  throw new ReleaseError('E_ARGUMENTS', {
    what: `${sayPoint(point)} needs the address at which its results stand.`,
    why: 'Who tried what, and how it went, is written down somewhere else.',
    next: 'Add --comment "https://… what was tried, and by whom"',
    state: 'untouched',
  });
}

const SHOW = 'release approve --require shows what stands and who is waited for.';

/** What whoever was refused does about it. The words of the refusal are those of every reader of the record. */
function nextFor(why: string): string {
  if (/key .* (?:has expired|was revoked|is unknown)/.test(why))
    return 'Somebody who may push to main puts your new key into the file approvals.allowedSigners names; then sign with it: --key <file>';
  if (/key .* is that of/.test(why))
    return 'Sign with your own key: --key <file>, or git config user.signingKey';
  if (/^you have said so already/.test(why)) return `${SHOW} --revoke takes your word back.`;
  return `${SHOW} docs/approvals.md says who may sign and how it is proven.`;
}

const refused = (why: string): ReleaseError =>
  new ReleaseError('E_SIGN_OFF_REFUSED', {
    what: `Nothing was signed: ${why}.`,
    why: 'It would stand in the record and count for nothing.',
    next: nextFor(why),
    state: 'untouched',
  });

/** Throws E_SIGN_OFF_REFUSED (exit 3) for a sign-off that would not count; `after` is the decision with it. */
export function refuseVain(signOff: SignOff, after: DecisionState): void {
  const { fault, payload, id } = signOff;
  if (fault !== undefined) throw refused(fault.why);
  const no = after.refused.find((one) => one.signOff.id === id);
  if (no !== undefined) throw refused(no.why);
  if (payload.decision !== 'go') return;
  const line = after.lines.find((one) => one.signOff?.id === id);
  if (line !== undefined && line.state !== 'go' && line.state !== 'no-go')
    throw refused(line.why ?? line.state);
}

/** Throws E_SIGN_OFF_REFUSED where the same was said already, or nothing stands that could be taken back. */
export function refuseAgain({ wish, signer, role }: Draft, state: DecisionState): void {
  const own = state.lines.find(
    ({ signOff }) => signOff?.payload.role === role && signOff.payload.person === signer.person,
  );
  if (wish.word === 'revoked' && own === undefined) throw refused(`nothing of yours stands as ${role}`);
  if (own?.state === wish.word) throw refused(`you have said so already, as ${role}`);
}
