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

/** The counts of one series of one source, no further back than a quarter of an hour. */
export interface Counts {
  buckets: Bucket[];
  coming: Bucket;
  /** What the last evaluation added. */
  added: Sum;
  readonly minute: Span;
  readonly twoMinutes: Span;
  readonly fiveMinutes: Span;
  readonly quarter: Span;
}

export const makeCounts = (): Counts => ({
  buckets: [],
  coming: makeBucket(),
  added: makeBucket(),
  minute: makeSpan(SPANS.minute),
  twoMinutes: makeSpan(SPANS.twoMinutes),
  fiveMinutes: makeSpan(SPANS.fiveMinutes),
  quarter: makeSpan(SPANS.quarter),
});

export function count({ coming }: Counts, k: number, n: number, at: number): void {
  coming.k += k;
  coming.n += n;
  if (k > 0) coming.firstHit ??= at;
  if (k < n) coming.firstMiss ??= at;
}

function addTo(span: Span, bucket: Bucket | undefined): void {
  span.k += bucket?.k ?? 0;
  span.n += bucket?.n ?? 0;
}

/** Lets go of what is older than the span. */
function leave(span: Span, buckets: readonly Bucket[], at: number): void {
  for (let first = buckets[span.from]; first !== undefined && first.at <= at - span.ms; ) {
    span.k -= first.k;
    span.n -= first.n;
    span.from += 1;
    first = buckets[span.from];
  }
}

const spansOf = ({ minute, twoMinutes, fiveMinutes, quarter }: Counts): readonly [Span, Span, Span, Span] => [
  minute,
  twoMinutes,
  fiveMinutes,
  quarter,
];

const MOST_FORGOTTEN = 1024;

/** Buckets that no span reaches any more are dropped now and then, all at once. */
function tidy(counts: Counts): void {
  const { from } = counts.quarter;
  if (from < MOST_FORGOTTEN) return;
  counts.buckets = counts.buckets.slice(from);
  for (const span of spansOf(counts)) span.from -= from;
}

/** Ends what was coming, and brings every span to `at`. */
export function closeBucket(counts: Counts, at: number): void {
  const { coming } = counts;
  counts.added = coming;
  const isEmpty = coming.n === 0;
  if (!isEmpty) {
    coming.at = at;
    counts.buckets.push(coming);
  }
  counts.coming = makeBucket();
  for (const span of spansOf(counts)) {
    if (!isEmpty) addTo(span, coming);
    leave(span, counts.buckets, at);
  }
  tidy(counts);
}

/** The first tick of a span with a hit, or without one. */
export function firstOf({ buckets }: Counts, span: Span, ofMisses: boolean): number | undefined {
  for (let i = span.from; i < buckets.length; i += 1) {
    const at = ofMisses ? buckets[i]?.firstMiss : buckets[i]?.firstHit;
    if (at !== undefined) return at;
  }
  return undefined;
}

/** All that was counted at `from` or after it. */
export function sumSince({ buckets }: Counts, from: number): Sum {
  const sum = { k: 0, n: 0 };
  for (let i = buckets.length - 1; i >= 0 && (buckets[i] as Bucket).at >= from; i -= 1) {
    sum.k += buckets[i]?.k ?? 0;
    sum.n += buckets[i]?.n ?? 0;
  }
  return sum;
}

/** What was counted until now counts no more. */
export function forgetBuckets(counts: Counts): void {
  counts.buckets = [];
  counts.coming = makeBucket();
  for (const span of spansOf(counts)) {
    span.from = 0;
    span.k = 0;
    span.n = 0;
  }
}
