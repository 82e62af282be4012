import type { Moment } from '../../domain/moment.ts';
import type { WatchState } from '../../domain/watch/headline.ts';

/** Fact `watching`, written by whoever watches. */
export interface Watching {
  /** Undefined: nobody watches. */
  readonly state?: WatchState;
  /** When the message was due (ISO). */
  readonly dueAt?: string;
  /** By how much it is late; null: it is in time. */
  readonly late?: string | null;
  /** When its numbers were read. */
  readonly asOf?: string;
  readonly next?: readonly string[];
  /** Until when it is watched, in the time of the watch. */
  readonly until?: string;
}

export const watchingOf = ({ facts }: Pick<Moment, 'facts'>): Watching => (facts.watching ?? {}) as Watching;
