import { DECISION_POINTS, type DecisionPoint, momentOf } from '../../domain/decision-point.ts';
import { minutes } from '../../domain/duration.ts';
import type { Level } from '../../domain/watch/rule.ts';
import { anewSince, type Live } from './live.ts';
import { standsNow } from './say-due.ts';

const SETTLING_MS = minutes(1);

/** A point of decision that has come. */
export interface DueDecision {
  readonly point: DecisionPoint;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** `DECISION 3   Did the critical minutes go well?` */
  readonly head: string;
  /** How it stood then. */
  readonly level: Level;
  /** Who answers. */
  readonly roles: readonly string[];
  /** The good one first. */
  readonly outcomes: readonly [string, string];
}

const comesAt = (point: DecisionPoint, { watched, wired }: Live): number =>
  momentOf(point, wired.runbook.decisions?.[point] ?? {}, watched);

/** What was measured when it came; undefined: it has not come. */
function levelAt(point: DecisionPoint, live: Live): Level | undefined {
  const { tallying, began } = live;
  const [at, now] = [comesAt(point, live), live.now()];
  // A watch that has just begun has nothing to tell of what came before it.
  if (now < at || (at < began && now < began + SETTLING_MS)) return undefined;
  if (point === '3') return tallying.tally().decision3;
  if (point === '4') return tallying.tally().decision4;
  // The monitoring that is begun anew comes after the two that followed it.
  return anewSince(live) === undefined ? standsNow(live) : undefined;
}

/** A point that has come, with what is measured; undefined where the runbook does not have it. */
export function makeDue(point: DecisionPoint, live: Live): DueDecision | undefined {
  const decision = live.wired.runbook.decisions?.[point];
  const measured = levelAt(point, live);
  if (decision === undefined || measured === undefined) return undefined;
  const { title, roles, outcomes } = decision;
  const [good = 'GO', otherwise = 'NO-GO'] = outcomes;
  return {
    ...{ point, roles, level: measured, outcomes: [good, otherwise] },
    ...{ at: comesAt(point, live), head: `DECISION ${point}   ${title}` },
  };
}

/** The point of decision that has come last; undefined: none has. What came before it is overtaken. */
export const findPoint = (live: Live): DecisionPoint | undefined =>
  DECISION_POINTS.findLast((point) => levelAt(point, live) !== undefined);
