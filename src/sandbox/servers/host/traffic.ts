import { nearestRank } from '../../../domain/percentile.ts';

/** One request of a user, as it went through the edge. */
interface Passage {
  readonly route: string;
  readonly version: string | undefined;
  readonly failed: boolean;
  readonly tookMs: number;
}

interface Bucket {
  readonly minute: number;
  readonly route: string;
  readonly version: string | undefined;
  requests: number;
  errors: number;
  readonly samples: number[];
}

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 1_440;
/** Routes that no application has; a scanner's thousand addresses become one row. */
const MOST_ROUTES = 200;
const MOST_SAMPLES = 10_000;

const toMs = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 10) / 10;

function sayBucket({ minute, route, version, requests, errors, samples }: Bucket): object {
  const at = (q: number): number | undefined => toMs(nearestRank(samples, q));
  return {
    route,
    minute: new Date(minute * MINUTE_MS).toISOString(),
    ...(version === undefined ? {} : { version }),
    requests,
    errors,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/**
 * Counts of what passed through, by minute, route and version. `now` is in milliseconds of the sandbox's time. Only
 * minutes that are over are told: half a minute would look like a drop of traffic.
 */
export class Traffic {
  private buckets = new Map<string, Bucket>();
  private readonly now: () => number;
  private readonly pastUntil: number;
  private readonly began: number;

  /** What was before `pastUntil` (ms of the sandbox's time) is kept for good: releases are compared with it. */
  constructor(now: () => number, pastUntil = 0) {
    this.now = now;
    this.pastUntil = Math.floor(pastUntil / MINUTE_MS);
    this.began = now();
  }

  /** Since when every minute is kept, in ms since 1970: what is not told of a later one was quiet. */
  keptSince(): number {
    return Math.max(this.began, (this.minute() - KEPT_MINUTES) * MINUTE_MS);
  }

  add({ route, version, failed, tookMs }: Passage): void {
    const bucket = this.bucketFor(this.minute(), route, version);
    bucket.requests += 1;
    if (failed) bucket.errors += 1;
    if (bucket.samples.length < MOST_SAMPLES) bucket.samples.push(tookMs);
  }

  /** Minutes that ended after `since` and have ended by now, oldest first. */
  since(since: number): readonly object[] {
    return [...this.buckets.values()]
      .filter(({ minute }) => minute < this.minute() && (minute + 1) * MINUTE_MS > since)
      .sort((a, b) => a.minute - b.minute || a.route.localeCompare(b.route))
      .map(sayBucket);
  }

  private minute(): number {
    return Math.floor(this.now() / MINUTE_MS);
  }

  private bucketFor(minute: number, route: string, version: string | undefined): Bucket {
    const key = JSON.stringify([minute, route, version]);
    const known = this.buckets.get(key);
    if (known !== undefined) return known;
    if (route !== 'other' && this.routesOf(minute) >= MOST_ROUTES)
      return this.bucketFor(minute, 'other', version);
    this.forgetBefore(minute - KEPT_MINUTES);
    const bucket: Bucket = { minute, route, version, requests: 0, errors: 0, samples: [] };
    this.buckets.set(key, bucket);
    return bucket;
  }

  private routesOf(minute: number): number {
    return [...this.buckets.values()].filter((bucket) => bucket.minute === minute).length;
  }

  private forgetBefore(minute: number): void {
    for (const [key, bucket] of this.buckets)
      if (bucket.minute < minute && bucket.minute >= this.pastUntil) this.buckets.delete(key);
  }
}
