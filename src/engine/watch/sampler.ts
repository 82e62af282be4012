import type { CountTick, ValueTick } from '../../domain/watch/tick.ts';

/** A measurement before anybody has said when it was taken. */
export type Reading = Omit<ValueTick, 'at'> | Omit<CountTick, 'at'>;

/** One source of measurements. */
export interface Sampler {
  /** As it stands in the configuration; the source of its ticks. */
  readonly name: string;
  readonly everyMs: number;
  /** What it is to tell of: rules of these are unknown until it does. */
  readonly metrics: readonly string[];
  /** Times that it has at most in what a percentile looks back over; undefined: others make them. */
  readonly mostTimes?: number | undefined;
  /** Asks once. Throws when nothing can be told: a source that throws is silent, and silence is unknown. */
  sample(signal: AbortSignal): Promise<readonly Reading[]>;
  /** The machine slept: what it has kept from before, and what it is waiting for, tells of nothing that was watched. */
  startOver?(): void;
}
