import { DECISION_POINTS, type DecisionPoint, momentOf } from '../../domain/decision-point.ts';
import { minutes } from '../../domain/duration.ts';
import { type Level, rankOf } from '../../domain/watch/rule.ts';
import { stateOf } from '../../domain/watch/state-of.ts';
import { listReasons } from '../../report/messages/say-headline.ts';
import { anewSince, doubtfully, type Live } from './live.ts';

const SETTLING_MS = minutes(1);

/** A point of decision that has come. */
export interface DueDecision {
  readonly point: DecisionPoint;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** `DECISION 3   Did the critical minutes go well?` */
  readonly head: string;
  /** What the measurements say of it. */
  readonly standing: string;
  /** Who answers what, and what the measurements say of it. */
  readonly lines: readonly string[];
  readonly outcomes: readonly string[];
}

const comesAt = (point: DecisionPoint, { watched, wired }: Live): number =>
  momentOf(point, wired.runbook.decisions?.[point] ?? {}, watched);

/** What was measured when it came; undefined: it has not come. */
function levelAt(point: DecisionPoint, live: Live): Level | undefined {
  const { tallying, watch, began } = live;
  const { decision3, decision4 } = tallying.tally();
  const [at, now] = [comesAt(point, live), live.now()];
  // A watch that has just begun has nothing to tell of what came before it.
  if (now < at || (at < began && now < began + SETTLING_MS)) return undefined;
  if (point === '3') return decision3;
  if (point === '4') return decision4;
  // The monitoring that is begun anew comes after the two that followed it.
  return anewSince(live) === undefined ? watch.level() : undefined;
}

/** What the measurements say for a decision; people decide (DP-3c, DP-4c). */
function sayStanding(level: Level, [good, otherwise]: readonly [string, string], live: Live): string {
  if (rankOf(level) <= rankOf('P3')) return `nothing measured speaks against ${good}`;
  const reasons = listReasons([], stateOf(live.watch, live.doubt));
  const why = reasons.length > 0 ? reasons.join('; ') : 'nobody knows how it stood at that moment';
  return level === 'hold'
    ? `HOLD: not ${good} as it stands: ${why}`
    : `${level} calls for ${otherwise}: ${why}`;
}

/** A point that has come, with what is measured; undefined where the runbook does not have it. */
export function makeDue(point: DecisionPoint, live: Live): DueDecision | undefined {
  const decision = live.wired.runbook.decisions?.[point];
  const measured = levelAt(point, live);
  if (decision === undefined || measured === undefined) return undefined;
  const { title, roles, outcomes } = decision;
  const [good = 'GO', otherwise = 'NO-GO'] = outcomes;
  const standing = sayStanding(doubtfully(measured, live), [good, otherwise], live);
  return {
    ...{ point, outcomes, at: comesAt(point, live), head: `DECISION ${point}   ${title}`, standing },
    lines: [`${roles.join(', ')}: ${outcomes.join(' or ')}`, standing],
  };
}

/** The point of decision that has come last; undefined: none has. What came before it is overtaken. */
export const findPoint = (live: Live): DecisionPoint | undefined =>
  DECISION_POINTS.findLast((point) => levelAt(point, live) !== undefined);
