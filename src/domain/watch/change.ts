import { lowerBound, upperBound } from '../statistics/binomial.ts';
import type { Judged } from './judge-band.ts';
import type { RuleState } from './judge-rule.ts';
import type { Knowledge } from './knowledge.ts';
import type { Level } from './rule.ts';

/** A rule's level has changed: one line of `--events` (docs/ticks.md). Times are ISO, shares percent. */
export interface Change {
  readonly at: string;
  readonly severity: Level;
  readonly rule: string;
  /** The band that gives the level; null for ok, and where nothing is known. */
  readonly row: string | null;
  readonly knowledge: Knowledge;
  readonly series: string | null;
  readonly source: string | null;
  readonly onset_at: string | null;
  readonly fired_at: string | null;
  readonly for_s: number | null;
  /** Null beside a row: too many tries had no answer at all. */
  readonly value: number | null;
  readonly n: number | null;
  readonly k: number | null;
  /** 95 % bounds of the pooled share, one-sided each. */
  readonly lower: number | null;
  readonly upper: number | null;
}

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

function countsOf({ feed, alert }: Judged): Pick<Change, 'value' | 'n' | 'k' | 'lower' | 'upper'> {
  if (feed.counts === undefined)
    return { value: finite(feed.value), n: feed.n ?? null, k: null, lower: null, upper: null };
  const { k, n } = alert;
  const value = n === 0 ? null : (k / n) * 100;
  return { value, n, k, lower: lowerBound(k, n) * 100, upper: upperBound(k, n) * 100 };
}

const UNKNOWN = { value: null, n: null, k: null, lower: null, upper: null };

/** The state of a rule at a moment, as a line. */
export function makeChange({ rule, level, knowledge, worst }: RuleState, at: number): Change {
  return {
    at: new Date(at).toISOString(),
    severity: level,
    rule: rule.id,
    row: worst?.band.row ?? null,
    knowledge,
    series: worst?.feed.series ?? null,
    source: worst?.feed.source ?? null,
    onset_at: iso(worst?.alert.since),
    fired_at: iso(worst?.alert.firedAt),
    for_s: worst === undefined ? null : worst.band.dwellMinutes * 60,
    ...(worst === undefined ? UNKNOWN : countsOf(worst)),
  };
}
