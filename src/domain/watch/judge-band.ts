import { minutes } from '../duration.ts';
import { type Alert, keepValue, rest } from './alert.ts';
import { type Feed, isFresh } from './feed.ts';
import { type CountLimit, keepCounts } from './pool.ts';
import type { Band, Rule } from './rule.ts';

/** One band over one series of one source. */
export interface Judged {
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

const shareOf = ({ from, below = 0 }: Band, scale: number): number =>
  from === undefined ? 1 - (below * scale) / 100 : (from * scale) / 100;

/** One evaluation of one band. `scale` is what its bounds are multiples of; undefined: not known. */
export function judgeBand({ alert, band, feed, limit }: Judged, scale: number | undefined, at: number): void {
  const { counts, value, n } = feed;
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
