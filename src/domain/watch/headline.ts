import { isWorse, type Level } from './rule.ts';

/** How a watch stands at a moment; rules are named by their id. */
export interface WatchState {
  readonly level: Level;
  /** Rules of which a band has fired. */
  readonly above: readonly string[];
  /** Rules that are above a limit and have not been for long enough. */
  readonly building: readonly string[];
  /** Rules that have to be known and are not. */
  readonly unknown: readonly string[];
  /** Why nobody knows which version is judged; null: it is known. */
  readonly doubt: string | null;
}

/** unwatched: nobody measures yet. unsure: nothing is wrong as far as that is known, and that is not far enough. */
export type Headline = 'on-track' | 'unwatched' | 'unsure' | 'minor' | 'critical';

/**
 * What a message says first (COM-02b). `missing`: steps that should be done by now and are not recorded as done. On track is only
 * what is measured, all of it, and well: nothing that is open, builds up or fires can stand below that word.
 */
export function headlineOf(missing: readonly string[], watch: WatchState | undefined): Headline {
  if (watch === undefined) return missing.length > 0 ? 'minor' : 'unwatched';
  const { level, above, building, unknown, doubt } = watch;
  if (isWorse(level, 'P2')) return 'critical';
  if (level === 'P2' || missing.length + above.length + building.length > 0) return 'minor';
  return level === 'ok' && unknown.length === 0 && doubt === null ? 'on-track' : 'unsure';
}
