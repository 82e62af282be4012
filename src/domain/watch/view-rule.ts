import { readingOf } from './feed.ts';
import type { Judged } from './judge-band.ts';
import type { RuleState, Stage } from './judge-rule.ts';
import type { Knowledge } from './knowledge.ts';
import { isWorse, type Level, type Phase } from './rule.ts';

/** A band that is met and has not lasted yet, or has. */
export interface BandTime {
  readonly level: Level;
  readonly row: string;
  readonly series: string;
  readonly bound: number;
  readonly haveMs: number;
  readonly needMs: number;
}

/** One rule as people see it. */
export interface RuleView {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly level: Level;
  readonly knowledge: Knowledge;
  /** The reading that is nearest to trouble, Infinity for a time that had no end; undefined: not known. */
  readonly value: number | undefined;
  readonly series: string | undefined;
  readonly fired: BandTime | undefined;
  readonly building: BandTime | undefined;
}

function timeOf({ band, alert, feed, limit }: Judged, at: number): BandTime {
  const { level, row, from, below } = band;
  const haveMs = Math.max(0, at - (alert.since ?? at));
  return { level, row, series: feed.series, bound: from ?? below ?? 0, haveMs, needMs: limit.forMs };
}

/** Of the bands that build up, the one that calls for most. */
function findBuilding({ judged }: RuleState, phase: Phase): Judged | undefined {
  let found: Judged | undefined;
  for (const one of judged) {
    const { alert, band } = one;
    const builds = alert.since !== undefined && alert.firedAt === undefined;
    if (!builds || (band.during !== undefined && band.during !== phase)) continue;
    if (found === undefined || isWorse(band.level, found.band.level)) found = one;
  }
  return found;
}

/** In the unit of the rule: percent for counts; multiples for rules that compare. */
function showReading({ feed, rule }: Judged, scale: number | undefined): number | undefined {
  const { counts } = feed;
  if (scale === undefined) return undefined;
  if (counts === undefined) {
    const value = readingOf(feed, rule);
    return value === undefined ? undefined : value / scale;
  }
  const { k, n } = counts.twoMinutes;
  return n === 0 ? undefined : ((k / n) * 100) / scale;
}

/** The reading that is nearest to trouble, and whose it is. */
function findNearest({ rule, judged }: RuleState, scaleOf: Stage['scaleOf']): [number, string] | undefined {
  let nearest: [number, string] | undefined;
  for (const one of judged) {
    const value = showReading(one, scaleOf(rule, one.feed));
    const isLow = one.band.from === undefined;
    if (value === undefined || (nearest !== undefined && (isLow ? value >= nearest[0] : value <= nearest[0])))
      continue;
    nearest = [value, one.feed.series];
  }
  return nearest;
}

/** A rule at a moment that has been judged. */
export function viewRule(state: RuleState, { at, phase, scaleOf }: Omit<Stage, 'isReached'>): RuleView {
  const { rule, level, knowledge, worst } = state;
  const building = findBuilding(state, phase);
  const [value, series] = findNearest(state, scaleOf) ?? [];
  return {
    ...{ id: rule.id, title: rule.title, unit: rule.unit, level, knowledge, value, series },
    fired: worst && timeOf(worst, at),
    building: building && timeOf(building, at),
  };
}
