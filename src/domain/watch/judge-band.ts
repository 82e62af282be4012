import { minutes } from '../duration.ts';
import { type Alert, keepValue, rest } from './alert.ts';
import { type Feed, isFresh, readingOf } from './feed.ts';
import { type CountLimit, keepCounts } from './pool.ts';
import type { Band, Rule } from './rule.ts';

/** One band over one series of one source. */
export interface Judged {
  readonly rule: Rule;
  readonly feed: Feed;
  readonly band: Band;
  readonly alert: Alert;
  readonly limit: CountLimit;
}

const isIn = ({ from, below }: Band, value: number): boolean =>
  (from === undefined || value >= from) && (below === undefined || value < below);

const isEnough = (n: number | undefined, least: number): boolean => least === 0 || (n ?? 0) >= least;

/** What a band asks of counts. A `below` band is about misses: 90 % that succeed are 10 % that do not. */
export const makeLimit = ({ from, dwellMinutes }: Band, { minSamples }: Rule): CountLimit => ({
  ...{ share: 0, ofMisses: from === undefined, minSamples, forMs: minutes(dwellMinutes) },
});

/** The bound of a band, as a share from 0 to 1. */
export const shareOf = ({ from, below = 0 }: Band, scale: number): number =>
  from === undefined ? 1 - (below * scale) / 100 : (from * scale) / 100;

/** Whether a band that is met, and for long enough, cannot fire because its own series has too few samples. */
export function isTooThin(
  { alert, band, feed, limit, rule }: Judged,
  scale: number | undefined,
  at: number,
): boolean {
  const { counts, n } = feed;
  const value = readingOf(feed, rule);
  if (limit.minSamples === 0 || scale === undefined || !isFresh(feed, at)) return false;
  if (counts === undefined)
    return value !== undefined && !isEnough(n, limit.minSamples) && isIn(band, value / scale);
  const isDue = alert.since !== undefined && at - alert.since >= limit.forMs;
  return isDue && alert.firedAt === undefined && alert.n < limit.minSamples;
}

/** One evaluation of one band. `scale` is what its bounds are multiples of; undefined: not known. */
export function judgeBand(one: Judged, scale: number | undefined, at: number): void {
  const { alert, band, feed, limit, rule } = one;
  const { counts, n } = feed;
  const value = readingOf(feed, rule);
  if (scale === undefined || !isFresh(feed, at)) rest(alert);
  else if (counts === undefined) {
    const isMet = value !== undefined && isIn(band, value / scale) && isEnough(n, limit.minSamples);
    keepValue(alert, isMet, { at, readAt: feed.at }, limit.forMs);
  } else if (counts.fiveMinutes.n === 0) rest(alert);
  else {
    limit.share = shareOf(band, scale);
    keepCounts(alert, counts, limit, at);
  }
}
