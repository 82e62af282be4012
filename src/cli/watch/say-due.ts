import { isWorse, type Level } from '../../domain/watch/rule.ts';
import { stateOf } from '../../domain/watch/state-of.ts';
import { listReasons } from '../../report/messages/say-headline.ts';
import type { DueDecision } from './find-due.ts';
import { doubtfully, type Live } from './live.ts';

/** How it stands now, as far as it can be known: what builds up is not good yet. */
export function standsNow(live: Live): Level {
  const level = live.watch.level();
  return doubtfully(!isWorse(level, 'P3') && live.watch.isBuilding() ? 'hold' : level, live);
}

/** How it stands now, and why. */
function sayNow(level: Level, { outcomes: [good, otherwise] }: DueDecision, live: Live): string {
  if (!isWorse(level, 'P3')) return `nothing measured speaks against ${good}`;
  const why = listReasons([], stateOf(live.watch, live.doubt)).join('; ');
  const call = level === 'hold' ? `HOLD: not ${good} as it stands` : `${level} calls for ${otherwise}`;
  return why === '' ? call : `${call}: ${why}`;
}

/** How it stood when the point came. Where nobody watched then, that is HOLD as well. */
function sayThen(level: Level, { outcomes: [good, otherwise] }: DueDecision): string {
  if (!isWorse(level, 'P3')) return `nothing measured spoke against ${good}`;
  return level === 'hold' ? 'HOLD, or nobody knows how it stood' : `${level} called for ${otherwise}`;
}

/**
 * What the measurements say for a decision; people decide (DP-3c, DP-4c). Said anew whenever it is shown or sent: a question may
 * come long after its moment, and whoever answers must see the worse of both.
 */
export function sayStanding(due: DueDecision, live: Live): string {
  const [then, now] = [due.level, standsNow(live)];
  const isSame = then === now || !(isWorse(then, 'P3') || isWorse(now, 'P3'));
  if (isSame) return sayNow(now, due, live);
  const [was, is] = [`at the moment of the decision ${sayThen(then, due)}`, `now ${sayNow(now, due, live)}`];
  return isWorse(then, now) ? `${was}; ${is}` : `${is}; ${was}`;
}

/** Who answers what, and what the measurements say of it. */
export const linesOf = (due: DueDecision, live: Live): readonly string[] => [
  `${due.roles.join(', ')}: ${due.outcomes.join(' or ')}`,
  sayStanding(due, live),
];
