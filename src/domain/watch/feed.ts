import { type Counts, closeBucket, count, LOOK_BACK_MS, makeCounts } from './counts.ts';
import type { Rule } from './rule.ts';
import type { CountTick, ValueTick } from './tick.ts';

/** What one source has told of one series of a metric. */
export interface Feed {
  readonly metric: string;
  readonly series: string;
  readonly source: string;
  /** The last value and its moment; undefined: none, or the source said so. */
  value: number | undefined;
  n: number | undefined;
  at: number;
  /** Only where the source gives counts. */
  counts: Counts | undefined;
}

export const makeFeed = ({ metric, series, source }: ValueTick | CountTick): Feed => ({
  metric,
  series,
  source,
  value: undefined,
  n: undefined,
  at: Number.NEGATIVE_INFINITY,
  counts: undefined,
});

/** A number that no measurement can be is none: it is not known, and never good. Endless times are seen by each rule. */
const isPossible = (value: number | null): value is number =>
  value !== null && !Number.isNaN(value) && value >= 0;

/** What a source says that it rests on nothing, or on a number that no count can be, is not known either. */
const restsOn = (n: number | undefined): boolean => n === undefined || (Number.isFinite(n) && n > 0);

const isTime = ({ unit }: Rule): boolean => unit === 'ms' || unit === 's';

/** The value as a rule reads it. Only a time can be endless: too many tries had no answer at all (benchmarks T6). */
export const readingOf = ({ value }: Feed, rule: Rule): number | undefined =>
  value === Number.POSITIVE_INFINITY && !isTime(rule) ? undefined : value;

export function takeIn(feed: Feed, tick: ValueTick | CountTick): void {
  feed.at = tick.at;
  if ('k' in tick) {
    feed.counts ??= makeCounts();
    count(feed.counts, tick.k, tick.n, tick.at);
    return;
  }
  feed.value = isPossible(tick.value) && restsOn(tick.n) ? tick.value : undefined;
  feed.n = tick.n;
}

/** Called once at every evaluation, before any rule looks. */
export function settle(feed: Feed, at: number): void {
  if (feed.counts !== undefined) closeBucket(feed.counts, at);
}

/** Whether it may still be looked at: the last reading is carried on until it is five minutes old, as by Prometheus 3. */
export const isFresh = (feed: Feed, at: number): boolean => at - feed.at < LOOK_BACK_MS;

/** How many samples the reading rests on; undefined where the source does not count. */
export const samplesOf = (feed: Feed): number | undefined =>
  feed.counts === undefined ? feed.n : feed.counts.fiveMinutes.n;
