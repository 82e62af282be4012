import { LOOK_BACK_MS } from './counts.ts';

const FIRST_ROOM = 64;

/** Grown to twice as many, the oldest first. */
function unroll(ring: Float64Array, from: number, room: number): Float64Array {
  const grown = new Float64Array(room);
  grown.set(ring.subarray(from % ring.length));
  grown.set(ring.subarray(0, from % ring.length), ring.length - (from % ring.length));
  return grown;
}

/**
 * The times of the last five minutes; no more of them than a bound, the newest. Plain numbers in a ring: objects of their own
 * would make a watch of two hours grow.
 */
export class Latencies {
  private at: Float64Array = new Float64Array(FIRST_ROOM);
  private ms: Float64Array = new Float64Array(FIRST_ROOM);
  private sorted: Float64Array = new Float64Array(FIRST_ROOM);
  /** Position of the oldest one; positions only ever grow. */
  private from = 0;
  private end = 0;
  private readonly most: number;

  constructor(most = 2000) {
    this.most = most;
  }

  /**
   * One try: how long it took, Infinity where no answer came. Tries that were due in the meantime and could not be made would
   * have waited for the rest of it: without them an application that stands still is asked less often, and looks fast
   * (benchmarks T6). What was due when the answer was there already has not waited: it is no try, and no time of 0 ms.
   */
  addTry(at: number, ms: number, passedMs: number, everyMs: number): void {
    const waited = Math.min(passedMs, ms);
    for (let late = 0; late === 0 || late < waited; late += everyMs) this.add(at, ms - late);
  }

  /** Nothing of before counts any more. */
  clear(): void {
    this.from = this.end;
  }

  add(at: number, ms: number): void {
    if (this.end - this.from === this.most) this.from += 1;
    if (this.end - this.from === this.ms.length) this.grow();
    this.at[this.end % this.ms.length] = at;
    this.ms[this.end % this.ms.length] = ms;
    this.end += 1;
  }

  /** Nearest rank (benchmarks 4.2) of what is no older than five minutes, and of how many. */
  quantile(q: number, now: number): { readonly value: number | null; readonly n: number } {
    const room = this.ms.length;
    while (this.from < this.end && (this.at[this.from % room] ?? now) < now - LOOK_BACK_MS) this.from += 1;
    const n = this.end - this.from;
    for (let i = 0; i < n; i += 1) this.sorted[i] = this.ms[(this.from + i) % room] ?? 0;
    const value = this.sorted.subarray(0, n).sort()[Math.max(0, Math.ceil(q * n) - 1)];
    return { value: value ?? null, n };
  }

  private grow(): void {
    const room = this.ms.length * 2;
    this.at = unroll(this.at, this.from, room);
    this.ms = unroll(this.ms, this.from, room);
    this.sorted = new Float64Array(room);
    this.end -= this.from;
    this.from = 0;
  }
}
