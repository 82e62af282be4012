import { minutes, seconds } from '../../domain/duration.ts';

/** A stretch of time, and the extremes of what was measured in it. `at` is its beginning, in ms since 1970. */
export interface Stretch {
  readonly at: number;
  readonly lowest: number;
  readonly highest: number;
  /** True where the highest came before the lowest. */
  readonly falls: boolean;
  /** How many measurements. */
  readonly count: number;
}

type Growing = { -readonly [K in keyof Stretch]: Stretch[K] } & { k: number; n: number };

const rateOf = ({ k, n }: Growing): number => (100 * k) / n;

function close(one: Growing): Stretch {
  const { at, count, falls } = one;
  if (one.n > 0) return { at, count, falls: false, lowest: rateOf(one), highest: rateOf(one) };
  return { at, count, falls, lowest: one.lowest, highest: one.highest };
}

function join(a: Growing, b: Growing): void {
  // The extreme that the later one brings comes behind both of the earlier one.
  if (b.highest > a.highest) a.falls = b.lowest < a.lowest ? b.falls : false;
  else if (b.lowest < a.lowest) a.falls = true;
  a.lowest = Math.min(a.lowest, b.lowest);
  a.highest = Math.max(a.highest, b.highest);
  a.count += b.count;
  a.k += b.k;
  a.n += b.n;
}

/** Of counts a minute at least: one of one that failed is no rate. */
const FINEST_MS = { value: seconds(1), count: minutes(1) };

/**
 * Any number of measurements as at most `most` stretches of equal length, each with its extremes: a spike of one second is
 * still there after two hours. Counts are pooled: k of n over a stretch, in percent. Takes no more memory than it gives.
 */
export class SampleFold {
  private stretches = new Map<number, Growing>();
  /** Of the measurement before: the next one is mostly in the same. */
  private newest: Growing | undefined;
  private widthMs: number;
  private readonly most: number;

  constructor(of: keyof typeof FINEST_MS, most = 300) {
    this.widthMs = FINEST_MS[of];
    this.most = most;
  }

  take(at: number, value: number): void {
    this.add({ at, lowest: value, highest: value, falls: false, count: 1, k: 0, n: 0 });
  }

  /** k of n since the measurement before; of nothing is none. */
  takeCount(at: number, k: number, n: number): void {
    if (n <= 0) return;
    const empty = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
    this.add({ at, ...empty, falls: false, count: 1, k, n });
  }

  /** Length of a stretch in ms. */
  get stretchMs(): number {
    return this.widthMs;
  }

  /** Oldest first; where nothing was measured there is none. */
  list(): readonly Stretch[] {
    return [...this.stretches.values()].sort((a, b) => a.at - b.at).map(close);
  }

  private add(one: Growing): void {
    const at = Math.floor(one.at / this.widthMs) * this.widthMs;
    const known = this.newest?.at === at ? this.newest : this.stretches.get(at);
    this.newest = known ?? { ...one, at };
    if (known === undefined) this.stretches.set(at, this.newest);
    else join(known, one);
    while (this.stretches.size > this.most) this.widen();
  }

  private widen(): void {
    const before = [...this.stretches.values()].sort((a, b) => a.at - b.at);
    this.stretches = new Map();
    this.newest = undefined;
    this.widthMs *= 2;
    for (const one of before) this.add(one);
  }
}
