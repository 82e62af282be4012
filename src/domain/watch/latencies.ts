import { nearestRank } from '../percentile.ts';
import { LOOK_BACK_MS } from './counts.ts';

/** The times of the last five minutes; no more of them than a bound, the newest. */
export class Latencies {
  private readonly at: number[] = [];
  private readonly ms: number[] = [];
  private readonly most: number;

  constructor(most = 2000) {
    this.most = most;
  }

  /**
   * One try: how long it took, Infinity where no answer came. Tries that were due in the meantime and could not be made would
   * have waited for the rest of it: without them an application that stands still is asked less often, and looks fast
   * (benchmarks T6).
   */
  addTry(at: number, ms: number, passedMs: number, everyMs: number): void {
    for (let late = 0; late === 0 || late < passedMs; late += everyMs) this.add(at, Math.max(0, ms - late));
  }

  add(at: number, ms: number): void {
    this.at.push(at);
    this.ms.push(ms);
    if (this.ms.length <= this.most) return;
    this.at.shift();
    this.ms.shift();
  }

  /** Nearest rank (benchmarks 4.2) of what is no older than five minutes, and of how many. */
  quantile(q: number, now: number): { readonly value: number | null; readonly n: number } {
    while ((this.at[0] ?? now) < now - LOOK_BACK_MS) {
      this.at.shift();
      this.ms.shift();
    }
    return { value: nearestRank(this.ms, q) ?? null, n: this.ms.length };
  }
}
