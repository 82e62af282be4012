/** What a measurement is about, and who took it. Times are milliseconds since 1970. */
interface Source {
  readonly at: number;
  readonly metric: string;
  /** What of the metric: an endpoint, an issue, a query. `all` where there is only one. */
  readonly series: string;
  readonly source: string;
}

/** A value: a gauge, a computed rate, a quantile. Null: the source says that there is none any more. */
export interface ValueTick extends Source {
  readonly value: number | null;
  /** How many samples it rests on; undefined where the source does not count. */
  readonly n?: number;
}

/** k of n since the tick before. */
export interface CountTick extends Source {
  readonly k: number;
  readonly n: number;
}

/** The value before the release, that later ones of the same source are compared with. */
export interface BaselineTick extends Source {
  readonly baseline: number;
}

/** That a source is to tell of a metric: until it does, and where it falls silent, rules of that metric are unknown. */
export interface ExpectTick {
  readonly at: number;
  readonly metric: string;
  readonly source: string;
  readonly expected: true;
}

/**
 * live: the new version is proven. open: users reach it, and a later one: the monitoring begins anew. gap: nobody watched since
 * the tick before. doubt: from here on more than one version answers; sure: no more. end: the watch is over. tick: a moment at
 * which nothing was measured.
 */
export const MARKS = ['live', 'open', 'gap', 'doubt', 'sure', 'end', 'tick'] as const;

export interface MarkTick {
  readonly at: number;
  readonly mark: (typeof MARKS)[number];
}

/** One line of a tick file (docs/ticks.md). */
export type Tick = ValueTick | CountTick | BaselineTick | ExpectTick | MarkTick;

/** Whether users came with it. */
export const isOpening = (tick: Tick): boolean => 'mark' in tick && tick.mark === 'open';

/** Whether nobody watched before it. */
export const isGap = (tick: Tick): boolean => 'mark' in tick && tick.mark === 'gap';

/** Whether it is something that was measured, and not said about the measuring. */
export const isReading = (tick: Tick): tick is ValueTick | CountTick => 'value' in tick || 'k' in tick;
