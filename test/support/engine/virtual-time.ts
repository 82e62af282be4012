import type { Clock } from '../../../src/domain/clock.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/**
 * Time that passes only when nobody has anything left to do: two hours are over at once, and always in the same
 * order. Everything under it must wait for this time alone.
 */
export class VirtualTime {
  readonly start: number;
  #passed = 0;
  #timers: Timer[] = [];

  constructor(start = '2025-10-01T14:00:00Z') {
    this.start = Date.parse(start);
  }

  /** Milliseconds since the start. */
  get passed(): number {
    return this.#passed;
  }

  /** Rings after `ms`; of two at the same moment the earlier asked rings first. Returns what takes it off. */
  after(ms: number, ring: () => void): () => void {
    const timer = { at: this.#passed + Math.max(0, ms), ring };
    const later = this.#timers.findIndex((one) => one.at > timer.at);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
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
    for (;;) {
      await new Promise((done) => setImmediate(done));
      if (over) return work;
      this.#ringNext();
    }
  }

  #ringNext(): void {
    const next = this.#timers.shift();
    if (next === undefined) throw new Error('it waits for something that never comes');
    this.#passed = Math.max(this.#passed, next.at);
    next.ring();
  }
}
