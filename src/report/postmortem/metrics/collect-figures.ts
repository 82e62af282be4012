import { minutes } from '../../../domain/duration.ts';
import { isGap, isReading, type Tick } from '../../../domain/watch/tick.ts';
import type { Drawn, Figures, Line, Point } from './figures.ts';

const STEP_MS = minutes(1);
/** Sources tell about once a minute; one that misses a turn is not a gap yet. */
const APART_MS = 2 * STEP_MS;

interface Bucket {
  at: number;
  k: number;
  n: number;
  /** Highest value of all series, because one slow endpoint is what users meet. */
  highest: number | undefined;
  /** Nobody watched before it. */
  isAfterGap: boolean;
}

interface Growing {
  readonly metric: Drawn;
  readonly source: string;
  readonly buckets: Bucket[];
}

const readValue = ({ k, n, highest }: Bucket): number | undefined => (n > 0 ? (100 * k) / n : highest);

function cut(buckets: readonly Bucket[]): readonly (readonly Point[])[] {
  const pieces: Point[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  let isBroken = false;
  for (const bucket of buckets) {
    const value = readValue(bucket);
    isBroken ||= bucket.isAfterGap;
    if (value === undefined) continue;
    // Two watches may have measured the same minutes: time that goes back is another record.
    if (isBroken || bucket.at - last > APART_MS || bucket.at < last) pieces.push([]);
    pieces.at(-1)?.push({ at: bucket.at, value: Math.round(value * 100) / 100 });
    last = bucket.at;
    isBroken = false;
  }
  return pieces;
}

const isDrawn = (metric: string): metric is Drawn => metric === 'error-percent' || metric === 'p95-ms';

/** Ms since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Gathers errors and P95 of each source by the minute, within a span; what no source measured is in no line. */
export class FigureCollector {
  private readonly growing = new Map<string, Growing>();
  private gapAt = Number.NEGATIVE_INFINITY;
  private readonly span: Span;
  /** Of all ticks, also of those outside of the span. */
  lastAt = Number.NEGATIVE_INFINITY;

  constructor(span: Span) {
    this.span = span;
  }

  take(tick: Tick): void {
    this.lastAt = Math.max(this.lastAt, tick.at);
    if (isGap(tick)) this.gapAt = tick.at;
    if (!isReading(tick) || !isDrawn(tick.metric)) return;
    if (tick.at < this.span.from || tick.at > this.span.to) return;
    const bucket = this.find(tick.metric, tick.source, tick.at);
    if ('k' in tick) {
      bucket.k += tick.k;
      bucket.n += tick.n;
    } else if (tick.value !== null && Number.isFinite(tick.value))
      bucket.highest = Math.max(bucket.highest ?? 0, tick.value);
  }

  figures(): Figures {
    return [...this.growing.values()]
      .map(({ metric, source, buckets }): Line => ({ metric, source, pieces: cut(buckets) }))
      .filter(({ pieces }) => pieces.length > 0);
  }

  private find(metric: Drawn, source: string, at: number): Bucket {
    const key = JSON.stringify([metric, source]);
    const line = this.growing.get(key) ?? { metric, source, buckets: [] };
    this.growing.set(key, line);
    const begin = Math.floor(at / STEP_MS) * STEP_MS;
    const last = line.buckets.at(-1);
    const isAfterGap = last !== undefined && this.gapAt > last.at;
    if (last !== undefined && last.at === begin) return last;
    const bucket = { at: begin, k: 0, n: 0, highest: undefined, isAfterGap };
    line.buckets.push(bucket);
    return bucket;
  }
}
