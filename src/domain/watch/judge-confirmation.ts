import { sayDuration, seconds } from '../duration.ts';
import type { WatchVerdict } from './tally.ts';

/** What real traffic has said of an earlier version after a rollback (E-22). `left`: nobody watched to the end. */
export interface Confirmation {
  readonly outcome: 'confirmed' | 'unconfirmed' | 'refuted' | 'left';
  /** One sentence, without a full stop. */
  readonly said: string;
}

/** A watch of the earlier version that is over. Times in ms. */
export interface WatchedBack {
  readonly verdict: WatchVerdict;
  /** How long nothing above P3 fired, and nothing was missed, up to its end. */
  readonly calmMs: number;
  readonly neededMs: number;
  /** How long it was watched, from when users came or it was gone on with. */
  readonly watchedMs: number;
  /** True: somebody stopped it before its time. */
  readonly isStopped: boolean;
  /** Rules that must be known and are not, by id. */
  readonly unknown?: readonly string[];
  /** Why nobody knows what was judged; undefined: somebody does. */
  readonly doubt?: string | undefined;
}

/** What was not good, and not so bad that a rule calls: what is not known is named, because somebody has to see to it. */
function sayOpen(verdict: 'evaluate' | 'inconclusive', unknown: readonly string[]): string {
  if (verdict === 'evaluate') return 'something is above its limit: people have to decide';
  return `not enough was measured to say${unknown.length > 0 ? `; not known: ${unknown.join(', ')}` : ''}`;
}

/** So long a watch may take until its first answers are there: without it one of 15 minutes never has 15 good ones. */
const FIRST_ANSWERS_MS = seconds(30);

/**
 * Confirmed is only what was watched for the whole time and was known to be good at its end; a rule that calls for a
 * rollback refutes it at once, whoever stopped the watch. Whatever was not seen is never taken for good.
 */
export function judgeConfirmation(watched: WatchedBack): Confirmation {
  const { verdict, calmMs, neededMs, watchedMs, isStopped, doubt, unknown = [] } = watched;
  const needed = sayDuration(neededMs);
  if (verdict === 'rollback') return { outcome: 'refuted', said: 'a rule calls for a rollback' };
  if (doubt !== undefined) return { outcome: 'unconfirmed', said: doubt };
  if (isStopped || watchedMs < neededMs)
    return { outcome: 'left', said: `watched for ${sayDuration(watchedMs)} of ${needed}` };
  if (verdict !== 'healthy') return { outcome: 'unconfirmed', said: sayOpen(verdict, unknown) };
  if (calmMs + FIRST_ANSWERS_MS < neededMs)
    return {
      outcome: 'unconfirmed',
      said: `good for the last ${sayDuration(calmMs)} only, not for ${needed}`,
    };
  return {
    outcome: 'confirmed',
    said: `${sayDuration(Math.min(calmMs, neededMs))} of real traffic, nothing above its limit`,
  };
}
