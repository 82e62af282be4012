import { minutes, seconds } from '../duration.ts';

/** How far back a reading may lie and still count, for values as for counts. */
export const LOOK_BACK_MS = minutes(5);

/** k of n over some time, and the first tick in it with a hit, or without one. */
export interface Sum {
  k: number;
  n: number;
  firstHit: number | undefined;
  firstMiss: number | undefined;
}

/** What came between two evaluations; `at` is the later one. */
interface Bucket extends Sum {
  readonly at: number;
}

const nothing = (): Sum => ({ k: 0, n: 0, firstHit: undefined, firstMiss: undefined });

/** The counts of one series of one source, no further back than five minutes. */
export interface Counts {
  readonly buckets: Bucket[];
  coming: Sum;
  /** What the last evaluation added. */
  added: Sum;
  readonly minute: Sum;
  readonly twoMinutes: Sum;
  fiveMinutes: number;
}

export const makeCounts = (): Counts => ({
  buckets: [],
  coming: nothing(),
  added: nothing(),
  minute: nothing(),
  twoMinutes: nothing(),
  fiveMinutes: 0,
});

function add(sum: Sum, { k, n, firstHit, firstMiss }: Sum): void {
  sum.k += k;
  sum.n += n;
  sum.firstHit ??= firstHit;
  sum.firstMiss ??= firstMiss;
}

export function count(counts: Counts, k: number, n: number, at: number): void {
  const { coming } = counts;
  coming.k += k;
  coming.n += n;
  if (k > 0) coming.firstHit ??= at;
  if (k < n) coming.firstMiss ??= at;
}

function clear(sum: Sum): void {
  sum.k = 0;
  sum.n = 0;
  sum.firstHit = undefined;
  sum.firstMiss = undefined;
}

/** All that came after `from`, oldest first, summed up in place. */
export function sumSince({ buckets }: Counts, from: number, sum: Sum = nothing()): Sum {
  clear(sum);
  let first = buckets.length;
  while (first > 0 && (buckets[first - 1] as Bucket).at > from) first -= 1;
  for (let i = first; i < buckets.length; i += 1) add(sum, buckets[i] as Bucket);
  return sum;
}

/** Ends what was coming, and sums up the last minutes as they are at `at`. */
export function closeBucket(counts: Counts, at: number): void {
  const { buckets, coming } = counts;
  counts.added = coming;
  counts.coming = nothing();
  if (coming.n > 0) {
    const { k, n, firstHit, firstMiss } = coming;
    buckets.push({ k, n, firstHit, firstMiss, at });
    counts.fiveMinutes += n;
  }
  while ((buckets[0]?.at ?? at) <= at - LOOK_BACK_MS) counts.fiveMinutes -= (buckets.shift() as Bucket).n;
  sumSince(counts, at - seconds(60), counts.minute);
  sumSince(counts, at - minutes(2), counts.twoMinutes);
}

/** What was counted until now counts no more. */
export function forgetBuckets(counts: Counts): void {
  counts.buckets.length = 0;
  counts.coming = nothing();
  counts.fiveMinutes = 0;
}
