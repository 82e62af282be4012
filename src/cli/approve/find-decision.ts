import type { Point } from '../../config/make-decision-rule.ts';
import { isReview } from '../../domain/approvals/review.ts';
import { momentOf } from '../../domain/decision-point.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { anchorsOf } from '../../ledger/anchors.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { findFirstDecision } from './find-first-decision.ts';
import { findDecided, findLaterDecision } from './find-later-decision.ts';
import { findReview } from './find-review.ts';

const POINTS: readonly Point[] = [1, 2, 3, 4];

const noPoint = (point: Point): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `The configuration has no decision ${point}.`,
    next: 'Describe it under decisions (docs/config.md).',
    state: 'untouched',
  });

/** The point that comes next: 1 before a deploy, 2 while it is under way, 3 and 4 when its version is live. */
function guessPoint(
  typed: string | undefined,
  events: readonly LedgerEvent[],
  { runbook, clock }: Wired,
): Point {
  const runs = foldRuns(events);
  if (findOpenRun(runs)?.plan.command === 'deploy') return 2;
  const live = findDecided(3, runs);
  if (live === undefined || live.plan.version !== typed) return 1;
  const last = runbook.decisions?.[4];
  return last !== undefined && clock.now().getTime() >= momentOf('4', last, anchorsOf(live)) ? 4 : 3;
}

/** The decision or review that is meant: the typed point, or the decision that comes next. Throws what is wrong with it, exit 2. */
export async function findDecision(
  typed: string | undefined,
  typedPoint: unknown,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<DecisionAtHand> {
  if (isReview(typedPoint)) return findReview(typedPoint, typed, events, wired);
  const point = POINTS.find((one) => String(one) === typedPoint) ?? guessPoint(typed, events, wired);
  const asked = wired.runbook.decisions?.[point];
  if (asked === undefined) throw noPoint(point);
  const [good = 'GO', otherwise = 'NO-GO'] = asked.outcomes;
  const found =
    point === 1
      ? await findFirstDecision(typed, events, wired)
      : await findLaterDecision(point, typed, events, wired);
  return { ...found, title: asked.title, outcomes: [good, otherwise] };
}
