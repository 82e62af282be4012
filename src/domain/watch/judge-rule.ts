import { makeAlert, rest } from './alert.ts';
import type { Feed } from './feed.ts';
import { isTooThin, type Judged, judgeBand, makeLimit } from './judge-band.ts';
import { type Heard, judgeKnowledge, type Knowledge, makeHeard } from './knowledge.ts';
import { type Band, isWorse, type Level, type Phase, type Rule } from './rule.ts';

/** One rule, and all that it watches. */
export interface RuleState {
  readonly rule: Rule;
  readonly heard: Heard[];
  readonly judged: Judged[];
  level: Level;
  knowledge: Knowledge;
  /** The band that gives the level; undefined when none does. */
  worst: Judged | undefined;
}

export const makeRuleState = (rule: Rule): RuleState => ({
  rule,
  heard: [],
  judged: [],
  level: 'ok',
  knowledge: 'off',
  worst: undefined,
});

/** What the rules of a watch know beside their feeds. */
export interface Stage {
  readonly at: number;
  readonly phase: Phase;
  /** Undefined: before that moment. */
  readonly isReached: (since: Rule['since']) => boolean;
  readonly scaleOf: (rule: Rule, of: Pick<Feed, 'series' | 'source'>) => number | undefined;
}

/** A source of a state; made when it is new. */
export function findHeard({ heard }: RuleState, source: string): Heard {
  const found = heard.find((one) => one.source === source);
  if (found !== undefined) return found;
  const made = makeHeard(source);
  heard.push(made);
  return made;
}

/** A feed that has not been heard before. */
export function watchFeed(state: RuleState, feed: Feed, isCritical: boolean): void {
  const { rule } = state;
  findHeard(state, feed.source).feeds.push(feed);
  if (rule.against === 'limits' && rule.limits?.[feed.series] === undefined) return;
  for (const band of rule.bands)
    if (band.on === undefined || isCritical)
      state.judged.push({ rule, feed, band, alert: makeAlert(), limit: makeLimit(band, rule) });
}

const isAccepted = ({ known = [] }: Rule, { series }: Feed, at: number): boolean =>
  known.some((issue) => at < issue.until && (issue.series === undefined || issue.series === series));

const isDuring = ({ during }: Band, phase: Phase): boolean => during === undefined || during === phase;

/** The fired band that calls for most; of equals the one that was heard first. */
function findWorst({ rule, judged }: RuleState, { at, phase }: Stage): Judged | undefined {
  let worst: Judged | undefined;
  for (const one of judged) {
    const { band, alert, feed } = one;
    if (alert.firedAt === undefined || !isDuring(band, phase)) continue;
    if (worst !== undefined && !isWorse(band.level, worst.band.level)) continue;
    if (!isAccepted(rule, feed, at)) worst = one;
  }
  return worst;
}

/** A band of this state that asks for people, or for more. */
const isGrave = (
  { rule }: RuleState,
  { band, feed }: Judged,
  { at, phase }: Pick<Stage, 'at' | 'phase'>,
): boolean => isWorse(band.level, 'P3') && isDuring(band, phase) && !isAccepted(rule, feed, at);

/** Others may have samples enough: a series that is over its limit and has too few is not good. */
const isThinSomewhere = (state: RuleState, stage: Stage): boolean =>
  state.judged.some(
    (one) => isTooThin(one, stage.scaleOf(state.rule, one.feed), stage.at) && isGrave(state, one, stage),
  );

/** Whether a band that asks for people, or for more, is met and has not lasted yet. */
export const isBuilding = (state: RuleState, stage: Pick<Stage, 'at' | 'phase'>): boolean =>
  state.judged.some(
    (one) => one.alert.since !== undefined && one.alert.firedAt === undefined && isGrave(state, one, stage),
  );

/** Asks one rule. What is not known is HOLD: never good, and never a reason to roll back. */
export function judgeRule(state: RuleState, stage: Stage): void {
  const { rule, heard } = state;
  state.knowledge = stage.isReached(rule.since) ? judgeKnowledge(heard, rule, stage) : 'off';
  if (state.knowledge === 'off') restRule(state);
  else weigh(state, stage);
}

function weigh(state: RuleState, stage: Stage): void {
  const { rule, judged } = state;
  for (const one of judged) judgeBand(one, stage.scaleOf(rule, one.feed), stage.at);
  state.worst = findWorst(state, stage);
  const fired = state.worst?.band.level ?? 'ok';
  const isEnough = state.knowledge === 'measured' || state.knowledge === 'unmeasured';
  if (isEnough && !isWorse(fired, 'P3') && isThinSomewhere(state, stage)) state.knowledge = 'thin';
  const isUnsure = state.knowledge === 'unknown' || state.knowledge === 'thin';
  state.level = isUnsure && isWorse('hold', fired) ? 'hold' : fired;
  if (state.level !== fired) state.worst = undefined;
}

/** Nothing before this moment counts any more. */
export function restRule(state: RuleState): void {
  for (const { alert } of state.judged) rest(alert);
  state.level = 'ok';
  state.worst = undefined;
}
