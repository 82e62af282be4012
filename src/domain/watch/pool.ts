import { isSurelyAbove } from '../statistics/binomial.ts';
import { type Alert, rest } from './alert.ts';
import { type Counts, firstOf, type Span, type Sum, sumSince } from './counts.ts';

/** What a band asks of counts. */
export interface CountLimit {
  /** A share, 0 to 1; changes with the baseline. */
  share: number;
  /** True: the share of misses is what must not be above. */
  readonly ofMisses: boolean;
  readonly minSamples: number;
  readonly forMs: number;
}

const hits = ({ k, n }: Sum, { ofMisses }: CountLimit): number => (ofMisses ? n - k : k);

/** Fewer are not "all of them": one login that failed does not say that nobody can log in. */
const LEAST_OF_ALL = 3;

/** Surely above the limit. Nothing is above "all of them", so that all of them is what is meant. */
function isOver(sum: Sum, limit: CountLimit): boolean {
  const k = hits(sum, limit);
  return limit.share >= 1 ? sum.n >= LEAST_OF_ALL && k === sum.n : isSurelyAbove(k, sum.n, limit.share);
}

const isUnderHalf = (sum: Sum, limit: CountLimit): boolean =>
  sum.n > 0 && hits(sum, limit) / sum.n < limit.share / 2;

/** Few requests cannot be sure within two minutes: a longer span may open what is bad now and was so before. */
function findSpan(counts: Counts, { closedAt }: Alert, limit: CountLimit, at: number): Span | undefined {
  const { minute, twoMinutes, fiveMinutes, quarter } = counts;
  if (isOver(minute, limit)) return minute;
  if (isOver(twoMinutes, limit)) return twoMinutes;
  // What was over once does not come back by a span that still reaches it.
  const mayUse = (span: Span): boolean => at - span.ms >= closedAt && isOver(span, limit);
  if (isUnderHalf(twoMinutes, limit)) return undefined;
  if (mayUse(fiveMinutes)) return fiveMinutes;
  return limit.forMs >= quarter.ms && mayUse(quarter) ? quarter : undefined;
}

function open(alert: Alert, counts: Counts, limit: CountLimit, at: number): void {
  const span = findSpan(counts, alert, limit, at);
  const onset = span && firstOf(counts, span, limit.ofMisses);
  if (onset === undefined) return;
  const { k, n } = sumSince(counts, onset);
  alert.since = onset;
  alert.k = k;
  alert.n = n;
}

function close(alert: Alert, at: number): void {
  rest(alert);
  alert.closedAt = at;
}

/**
 * What has just become good must not fire on what was bad before it: a last minute under half the limit waits. Nor must
 * a burst that nothing came after: the last minute has to hold requests, and the last of them to reach the moment, or
 * to be no older by then than it came after the one before.
 */
const mayFire = (
  alert: Alert,
  { minute, countedAt, apartMs }: Counts,
  limit: CountLimit,
  at: number,
): boolean =>
  alert.since !== undefined &&
  at - alert.since >= limit.forMs &&
  countedAt + apartMs - alert.since >= limit.forMs &&
  minute.n > 0 &&
  alert.n >= limit.minSamples &&
  !isUnderHalf(minute, limit) &&
  isOver(alert, limit);

/**
 * One evaluation of counts, pooled (benchmarks 4.5). It opens at the first hit of the first minutes that are surely
 * above the limit, closes when two minutes are under half of it, and fires when the time has passed and all
 * since then is surely above: ten probes that must all be over the limit would find one real 12 % in a hundred.
 */
export function keepCounts(alert: Alert, counts: Counts, limit: CountLimit, at: number): void {
  if (alert.since === undefined) open(alert, counts, limit, at);
  else {
    alert.k += counts.added.k;
    alert.n += counts.added.n;
    if (isUnderHalf(counts.twoMinutes, limit)) close(alert, at);
  }
  if (alert.firedAt === undefined && mayFire(alert, counts, limit, at)) alert.firedAt = at;
}
