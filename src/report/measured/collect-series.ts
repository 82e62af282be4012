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

/** The map below a name; made where there is none. */
function within<T>(maps: Map<string, Map<string, T>>, name: string): Map<string, T> {
  const known = maps.get(name) ?? new Map<string, T>();
  maps.set(name, known);
  return known;
}

/** Gathers everything that watches measured, in bounded room; what nobody measured is in no line. */
export class SeriesCollector {
  private readonly growing: Growing[] = [];
  /** By metric, series and source: a text of all three would be made and hashed anew for each measurement. */
  private readonly byName: Map<string, Map<string, Map<string, Growing>>> = new Map();
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
    const lines = this.growing
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
    const known = this.byName.get(metric)?.get(series)?.get(source);
    if (known !== undefined) return known;
    const made = { metric, series, source, fold: new SampleFold(of) };
    const ofMetric = within(this.byName, metric);
    within(ofMetric, series).set(source, made);
    this.growing.push(made);
    return made;
  }
}
