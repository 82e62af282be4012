/** Time as a parameter. `monotonic` never jumps; `now` is for labels and windows only. */
export interface Clock {
  /** How many of its seconds pass in one; undefined: one. */
  readonly speed?: number;
  now(): Date;
  /** Milliseconds since some fixed moment; only differences mean anything. */
  monotonic(): number;
  /** Resolves after `ms` of this clock; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Uniform in [0, 1), injected so that a run can be replayed. */
export type Random = () => number;
