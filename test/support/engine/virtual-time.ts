import type { Clock } from '../../../src/domain/clock.ts';

interface Timer {
  readonly at: number;
  ring: (() => void) | undefined;
}

/** Everything that can go on without time going by has gone on: a tick is served when no promise is left to serve. */
const allQuiet = (): Promise<void> => new Promise((done) => process.nextTick(done));

/**
 * Time that passes only when nobody has anything left to do: two hours are over at once, and always in the same
 * order. Everything under it must wait for this time alone.
 */
export class VirtualTime {
  readonly start: number;
  #passed = 0;
  /** The next one last. */
  readonly #timers: Timer[] = [];

  constructor(start = '2025-10-01T14:00:00Z') {
    this.start = Date.parse(start);
  }

  /** Milliseconds since the start. */
  get passed(): number {
    return this.#passed;
  }

  /** Rings after `ms`; of two at the same moment the earlier asked rings first. Returns what takes it off. */
  after(ms: number, ring: () => void): () => void {
    const timer: Timer = { at: this.#passed + Math.max(0, ms), ring };
    this.#timers.splice(this.#placeOf(timer.at), 0, timer);
    return () => {
      timer.ring = undefined;
    };
  }

  #placeOf(at: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle] as Timer).at > at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        takeOff();
        reject(signal?.reason);
      };
      const takeOff = this.after(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** This time as a clock; `skewMs` is what its wall clock is wrong by. */
  clock(skewMs: () => number = () => 0): Clock {
    return {
      now: () => new Date(this.start + this.#passed + skewMs()),
      monotonic: () => this.#passed,
      sleep: (ms, signal) => this.sleep(ms, signal),
    };
  }

  /** Lets time pass until `work` has ended. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = (): void => {
      over = true;
    };
    work.then(end, end);
    // Once for whoever else lives in this process; never between two rings, which would cost more than the rest.
    await new Promise((done) => setImmediate(done));
    for (;;) {
      await allQuiet();
      if (over) return work;
      this.#ringNext();
    }
  }

  #ringNext(): void {
    for (;;) {
      const next = this.#timers.pop();
      if (next === undefined) throw new Error('it waits for something that never comes');
      if (next.ring === undefined) continue;
      this.#passed = Math.max(this.#passed, next.at);
      next.ring();
      return;
    }
  }
}
