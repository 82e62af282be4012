import {
  type BaselineTick,
  type CountTick,
  isGap,
  isReading,
  type Tick,
  type ValueTick,
} from '../../domain/watch/tick.ts';
import type { Span } from '../chart/cut-line.ts';
import { SampleFold } from '../chart/fold-samples.ts';
import type { Series } from '../chart/series.ts';

/** What a metric was before the release. */
export interface BaselineSeen {
  readonly metric: string;
  readonly series: string;
  readonly source: string;
  readonly value: number;
}

/** What was measured, by one clock. Times are in ms since 1970. */
export interface Measured {
  readonly lines: readonly Series[];
  /** Times in which nobody watched. */
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly baselines: readonly BaselineSeen[];
  /** When the version was proven, and when users came. */
  readonly marks: readonly { readonly at: number; readonly mark: 'live' | 'open' }[];
  /** How many measurements it rests on. */
  readonly count: number;
  /** False where the watch ran on a faster clock: its times are not those of the ledger. */
  readonly isOfLedger: boolean;
}

interface Growing {
  readonly metric: string;
  readonly series: string;
  readonly source: string;
  readonly fold: SampleFold;
}

/** Gathers everything that watches measured, in bounded room; what nobody measured is in no line. */
export class SeriesCollector {
  private readonly growing = new Map<string, Growing>();
  private readonly baselines = new Map<string, BaselineSeen>();
  private readonly marks: Measured['marks'][number][] = [];
  private readonly gaps: Span[] = [];
  private before: number | undefined;
  private count = 0;
  /** Of all ticks, in ms since 1970. */
  firstAt = Number.POSITIVE_INFINITY;
  lastAt = Number.NEGATIVE_INFINITY;

  take(tick: Tick): void {
    const { at } = tick;
    this.firstAt = Math.min(this.firstAt, at);
    this.lastAt = Math.max(this.lastAt, at);
    if ('mark' in tick && (tick.mark === 'live' || tick.mark === 'open'))
      this.marks.push({ at, mark: tick.mark });
    if (isGap(tick) && this.before !== undefined && at > this.before) this.gaps.push([this.before, at]);
    this.before = at;
    if ('baseline' in tick) this.takeBaseline(tick);
    if (!isReading(tick)) return;
    const { fold } = this.find(tick, 'k' in tick ? 'count' : 'value');
    if ('k' in tick) fold.takeCount(at, tick.k, tick.n);
    else if (tick.value !== null && Number.isFinite(tick.value)) fold.take(at, tick.value);
    else return;
    this.count += 1;
  }

  /** The next record is another watch: between the two is no gap that anybody noted. */
  endRecord(): void {
    this.before = undefined;
  }

  /** Undefined where nothing was measured. */
  measured(isOfLedger: boolean): Measured | undefined {
    const lines = [...this.growing.values()]
      .map(({ fold, ...of }): Series => ({ ...of, stretches: fold.list(), stretchMs: fold.stretchMs }))
      .filter(({ stretches }) => stretches.length > 0);
    if (lines.length === 0) return undefined;
    const { gaps, marks, count } = this;
    const span = [this.firstAt, Math.max(this.lastAt, this.firstAt + 1000)] as const;
    return { lines, gaps, span, baselines: [...this.baselines.values()], marks, count, isOfLedger };
  }

  private takeBaseline(tick: BaselineTick): void {
    const { metric, series, source, baseline: value } = tick;
    if (Number.isFinite(value) && value > 0)
      this.baselines.set(`${metric}\n${series}\n${source}`, { metric, series, source, value });
  }

  private find({ metric, series, source }: ValueTick | CountTick, of: 'value' | 'count'): Growing {
    const key = `${metric}\n${series}\n${source}`;
    const known = this.growing.get(key);
    if (known !== undefined) return known;
    const made = { metric, series, source, fold: new SampleFold(of) };
    this.growing.set(key, made);
    return made;
  }
}
