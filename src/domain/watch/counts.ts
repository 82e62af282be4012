import { minutes, seconds } from '../duration.ts';

/** How far back a reading may lie and still count, for values as for counts. */
export const LOOK_BACK_MS = minutes(5);

/** Spans that counts are summed up over. The shorter ones find what is bad, the longer ones what is a little bad. */
const SPANS = {
  minute: seconds(60),
  twoMinutes: minutes(2),
  fiveMinutes: LOOK_BACK_MS,
  quarter: minutes(15),
};

/** k of n over some time. */
export interface Sum {
  k: number;
  n: number;
}

/** What came between two evaluations; `at` is the later one. */
interface Bucket extends Sum {
  at: number;
  /** The first tick with a hit, and the first one without. */
  firstHit: number | undefined;
  firstMiss: number | undefined;
}

/** A sum over the buckets of the last `ms`, kept up to date rather than summed up anew. */
export interface Span extends Sum {
  readonly ms: number;
  /** Position of its first bucket. */
  from: number;
}

const makeSpan = (ms: number): Span => ({ ms, from: 0, k: 0, n: 0 });
const makeBucket = (): Bucket => ({ at: 0, k: 0, n: 0, firstHit: undefined, firstMiss: undefined });

/** A quarter of an hour at one evaluation a second, and more: a power of two, so that a position is found by a mask. */
const ROOM = 1024;

/** The counts of one series of one source, no further back than a quarter of an hour, in buckets that are used again. */
export interface Counts {
  readonly ring: readonly Bucket[];
  /** Position of the bucket that is being filled; positions only ever grow. */
  end: number;
  /** When the last one was counted, and how long after the one before it; a tick of none counts nothing. */
  countedAt: number;
  apartMs: number;
  /** What the last evaluation added. */
  readonly added: Sum;
  /** All of it since users came, or since the last gap. */
  readonly total: Sum;
  readonly minute: Span;
  readonly twoMinutes: Span;
  readonly fiveMinutes: Span;
  readonly quarter: Span;
}

export const makeCounts = (): Counts => ({
  ring: Array.from({ length: ROOM }, makeBucket),
  end: 0,
  countedAt: Number.NEGATIVE_INFINITY,
  apartMs: 0,
  added: { k: 0, n: 0 },
  total: { k: 0, n: 0 },
  minute: makeSpan(SPANS.minute),
  twoMinutes: makeSpan(SPANS.twoMinutes),
  fiveMinutes: makeSpan(SPANS.fiveMinutes),
  quarter: makeSpan(SPANS.quarter),
});

const bucketAt = ({ ring }: Counts, position: number): Bucket => ring[position % ROOM] as Bucket;

function empty(bucket: Bucket): void {
  bucket.k = 0;
  bucket.n = 0;
  bucket.firstHit = undefined;
  bucket.firstMiss = undefined;
}

export function count(counts: Counts, k: number, n: number, at: number): void {
  const coming = bucketAt(counts, counts.end);
  coming.k += k;
  coming.n += n;
  counts.total.k += k;
  counts.total.n += n;
  if (k > 0) coming.firstHit ??= at;
  if (k < n) coming.firstMiss ??= at;
  if (n === 0) return;
  const apartMs = at - counts.countedAt;
  counts.apartMs = Number.isFinite(apartMs) ? Math.min(apartMs, SPANS.minute) : 0;
  counts.countedAt = at;
}

/** Lets go of what is older than the span, and takes in what was added. */
function move(span: Span, counts: Counts, at: number): void {
  span.k += counts.added.k;
  span.n += counts.added.n;
  for (; span.from < counts.end; span.from += 1) {
    const first = bucketAt(counts, span.from);
    if (first.at > at - span.ms) return;
    span.k -= first.k;
    span.n -= first.n;
  }
}

/** Ends what was coming, and brings every span to `at`. */
export function closeBucket(counts: Counts, at: number): void {
  const coming = bucketAt(counts, counts.end);
  counts.added.k = coming.k;
  counts.added.n = coming.n;
  if (coming.n > 0) {
    coming.at = at;
    counts.end += 1;
    empty(bucketAt(counts, counts.end));
  }
  move(counts.minute, counts, at);
  move(counts.twoMinutes, counts, at);
  move(counts.fiveMinutes, counts, at);
  move(counts.quarter, counts, at);
}

/** The first tick of a span with a hit, or without one. */
export function firstOf(counts: Counts, span: Span, ofMisses: boolean): number | undefined {
  for (let i = span.from; i < counts.end; i += 1) {
    const { firstHit, firstMiss } = bucketAt(counts, i);
    const at = ofMisses ? firstMiss : firstHit;
    if (at !== undefined) return at;
  }
  return undefined;
}

/** All that was counted at `from` or after it. */
export function sumSince(counts: Counts, from: number): Sum {
  const sum = { k: 0, n: 0 };
  for (let i = counts.end - 1; i >= counts.quarter.from; i -= 1) {
    const { at, k, n } = bucketAt(counts, i);
    if (at < from) break;
    sum.k += k;
    sum.n += n;
  }
  return sum;
}

/** What was counted until now counts no more. */
export function forgetBuckets(counts: Counts): void {
  empty(bucketAt(counts, counts.end));
  counts.total.k = 0;
  counts.total.n = 0;
  for (const span of [counts.minute, counts.twoMinutes, counts.fiveMinutes, counts.quarter]) {
    span.from = counts.end;
    span.k = 0;
    span.n = 0;
  }
}
