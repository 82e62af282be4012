import type { RuleState } from '../../domain/watch/judge-rule.ts';
import { type Limit, limitOf } from '../../domain/watch/limit-of.ts';
import { isWorse, type Phase } from '../../domain/watch/rule.ts';
import { silenceOf } from '../../domain/watch/silence.ts';
import type { Trail } from '../../domain/watch/trail.ts';
import type { RuleView } from '../../domain/watch/view-rule.ts';
import { sayAmount, sayName, sayReading, saySilence } from './say-metric.ts';
import type { MetricRow, Standing } from './scene.ts';

/** From this share of a limit on a reading is close to it. */
const NEAR = 0.9;

/** A rule, and how it stands. */
export interface Seen {
  readonly state: RuleState;
  readonly view: RuleView;
}

type Judged = Pick<MetricRow, 'standing' | 'said'>;

/** What a level means for the eye: only what calls for a rollback is bad. */
const byLevel = ({ level }: RuleView): Standing => (isWorse(level, 'hold') ? 'bad' : 'near');

function judgeReading({ value = 0 }: RuleView, limit: Limit | undefined): Judged {
  if (limit === undefined) return { standing: 'good', said: 'ok' };
  if (limit.isFloor)
    return value < limit.bound
      ? { standing: 'near', said: 'under its limit' }
      : { standing: 'good', said: 'ok' };
  const share = limit.bound === 0 ? 0 : value / limit.bound;
  if (!Number.isFinite(share)) return { standing: 'near', said: 'no answer in time' };
  if (share < NEAR) return { standing: 'good', said: 'ok' };
  return { standing: 'near', said: `${Math.round(share * 100)} % of its limit` };
}

function judge({ state, view }: Seen, limit: Limit | undefined): Judged {
  if (view.fired !== undefined) return { standing: byLevel(view), said: view.level };
  if (view.knowledge === 'off') return { standing: 'off', said: 'not open yet' };
  if (view.knowledge === 'unmeasured') return { standing: 'off', said: 'not measured' };
  if (view.knowledge === 'unknown') return { standing: 'unknown', said: 'unknown' };
  if (view.knowledge === 'thin') return { standing: 'unknown', said: 'too few samples' };
  if (view.building !== undefined && isWorse(view.building.level, 'P3'))
    return { standing: 'near', said: `${view.building.level} builds up` };
  return state.rule.bands.length === 0 ? { standing: 'good', said: 'ok' } : judgeReading(view, limit);
}

/** A rule that need not be measured, and is not. */
export const isQuiet = ({ view }: Seen): boolean => view.knowledge === 'unmeasured';

/** One rule as a row of the screen, at a moment that was judged (ms since 1970). */
export function makeMetric(seen: Seen, phase: Phase, at: number, trail: Trail): MetricRow {
  const { state, view } = seen;
  const limit = limitOf(state.rule, phase);
  return {
    name: sayName(view.id),
    now: sayReading(view, state.rule),
    limit: limit === undefined ? undefined : sayAmount(limit.bound, state.rule),
    bound: limit?.bound,
    trail: trail.of(view.id, at),
    ...judge(seen, limit),
    why: view.knowledge === 'unknown' ? saySilence(silenceOf(state, at)) : '',
  };
}
