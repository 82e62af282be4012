import { chanceOfAtMost } from '../statistics/binomial.ts';

// What is proven is wrong at most once in twenty times (benchmarks 4.1).
const DOUBT = 0.05;
const Q = 0.95;
const OVER = 1 - Q;
/** A first sample that is enough when none of it is over the limit: 0.95^59 is just below 5 %. */
const LEAST_FOR_P95 = 59;

/**
 * Largest number of samples over the limit with which `n` of them still prove that the P95 is under it; -1 where not even
 * none would: 59 are the least. Counted, not estimated, so that it holds for times of any distribution.
 */
export function mostOverToPass(n: number): number {
  let over = -1;
  while (over < n && chanceOfAtMost(over + 1, n, OVER) <= DOUBT) over += 1;
  return over;
}

/** Smallest number of samples over the limit that proves the P95 to be over it as well. */
export function leastOverToFail(n: number): number {
  let over = 0;
  while (over <= n && 1 - chanceOfAtMost(over - 1, n, OVER) > DOUBT) over += 1;
  return over;
}

/** Smallest number of samples that passes with so many of them over the limit. */
export function samplesToPass(over: number): number {
  let n = Math.max(LEAST_FOR_P95, over * Math.round(1 / OVER));
  while (chanceOfAtMost(over, n, OVER) > DOUBT) n += 1;
  return n;
}

/** Ranks, from 1, between which the true P95 lies in 19 of 20 cases; no upper one where so few samples have none. */
export function rankInterval(n: number): readonly [number, number | undefined] {
  let low = 0;
  while (low < n && chanceOfAtMost(low, n, Q) <= DOUBT / 2) low += 1;
  let high = low;
  while (high <= n && chanceOfAtMost(high - 1, n, Q) < 1 - DOUBT / 2) high += 1;
  return [Math.max(1, low), high > n ? undefined : high];
}

export type P95Verdict = 'pass' | 'fail' | 'inconclusive';

/**
 * Three answers from the number of samples over the limit, and how many would settle it for this share of them. `surely` are
 * those that are over it whatever the prober did; the others may be, so that they stand in the way of a pass alone.
 */
export function judgeP95(
  over: number,
  n: number,
  surely = over,
): { readonly verdict: P95Verdict; readonly needed: number } {
  if (over <= mostOverToPass(n)) return { verdict: 'pass', needed: n };
  if (n > 0 && surely >= leastOverToFail(n)) return { verdict: 'fail', needed: n };
  return { verdict: 'inconclusive', needed: samplesToPass(over) };
}
