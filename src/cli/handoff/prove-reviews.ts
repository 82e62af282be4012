import type { BeforeFact } from '../../domain/handoff/before.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { type Candidate, type Reviewed, readReviews, sayReviewed } from '../approvals/read-reviews.ts';
import { signLine } from '../approvals/sign-line.ts';
import type { Wired } from '../wired.ts';

/** One that is not signed objects where it is waited for, and says nothing where it is not. */
function proofOf(
  { point, state, isRequired }: Reviewed,
  { version }: Candidate,
  wired: Wired,
): Proof | undefined {
  const proof = { said: sayReviewed(state, wired), from: `release approve --point ${point}` };
  if (state.isComplete) return { ...proof, state: 'holds', mark: proof.said };
  const next = signLine(point, version, wired.env);
  return isRequired || state.noGo.length > 0 ? { ...proof, state: 'not', next } : undefined;
}

type ReviewFact = Extract<BeforeFact, 'acceptance' | 'security' | 'performance'>;

/** Who has signed the reviews of this candidate (PRE-21 to PRE-23); undefined: nothing here waits for one. */
export async function proveReviews(
  candidate: Candidate,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Readonly<Record<ReviewFact, Proof | undefined>>> {
  const reviewed = await readReviews(candidate, events, wired);
  const find = (point: ReviewFact): Proof | undefined => {
    const one = reviewed.find((each) => each.point === point);
    return one && proofOf(one, candidate, wired);
  };
  return { acceptance: find('acceptance'), security: find('security'), performance: find('performance') };
}
