import type { Trouble } from '../world/troubles.ts';

/** One scene of a story. Everything that happens in it really happens; `says` is what the newcomer is told before. */
export type Scene =
  | {
      readonly kind: 'run';
      readonly says: string;
      /** The words behind `release`; shown, so that they are learned. */
      readonly words: readonly string[];
      readonly exit: number;
      /** Kills the program, as a crash would, a moment after a step of this name has begun. */
      readonly killAt?: string;
    }
  | { readonly kind: 'say'; readonly says: string }
  | { readonly kind: 'break' | 'mend'; readonly says: string; readonly what: Trouble }
  | {
      readonly kind: 'sign-offs';
      readonly says: string;
      readonly point: 1 | 2 | 3 | 4;
      readonly version: string;
    }
  | { readonly kind: 'bad-release'; readonly says: string }
  | {
      readonly kind: 'watch';
      readonly says: string;
      readonly version: string;
      readonly minutes: number;
      /** What must come of it: a rule that fires, or none. */
      readonly ends: 'fires' | 'quiet';
    };

export interface Story {
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  readonly scenes: readonly Scene[];
  /** The last words: what was seen, and why it matters. */
  readonly moral: string;
}
