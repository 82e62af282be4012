/** From good to bad. P3 is noted and watched; hold asks people and is no success; P2, P1 and P0 call for a rollback. */
export const LEVELS = ['ok', 'P3', 'hold', 'P2', 'P1', 'P0'] as const;
export type Level = (typeof LEVELS)[number];

export const rankOf = (level: Level): number => LEVELS.indexOf(level);
export const isWorse = (level: Level, than: Level): boolean => rankOf(level) > rankOf(than);

/** The stricter first part of the watch (monitoring.criticalMinutes), and the rest. */
export type Phase = 'critical' | 'later';

/** A range, what it means, and how long it must last (corrections 2.3; half-open, E-14). */
export interface Band {
  readonly level: Exclude<Level, 'ok'>;
  readonly row: string;
  /** Readings at or above this are in the band. */
  readonly from?: number | undefined;
  /** Readings below this are in the band. */
  readonly below?: number | undefined;
  /** 0: one reading is enough. */
  readonly dwellMinutes: number;
  readonly during?: Phase | undefined;
  /** Only for series of this kind. */
  readonly on?: 'critical' | undefined;
}

/** One line of corrections 2.3: a metric and its bands, mildest first. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly unit: string;
  /** From when on it is judged: E-08, nobody but us uses what is not open. */
  readonly since: 'live' | 'open';
  /** What the bounds are multiples of; undefined: they are what they are. */
  readonly against?: 'baseline' | 'limits' | undefined;
  /** With `against: limits`: by series. A series without one is not judged. */
  readonly limits?: Readonly<Record<string, number>> | undefined;
  /** Fewer samples in five minutes decide nothing. */
  readonly minSamples: number;
  /** Its values are this percentile: fewer samples than could prove it are never good. */
  readonly percentile?: number | undefined;
  /** A source that is silent for longer is unknown. */
  readonly freshSeconds: number;
  /** False: it may stay unmeasured. */
  readonly needed: boolean;
  readonly bands: readonly Band[];
  readonly known?: readonly KnownIssue[] | undefined;
}

/** RBC-P3-4: a known and accepted issue keeps a rule from calling until it runs out. */
export interface KnownIssue {
  readonly series?: string | undefined;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly reason: string;
}

/** All that a verdict rests on, beside the ticks. */
export interface RuleBook {
  readonly rules: readonly Rule[];
  readonly criticalMinutes: number;
  /** How often rules are asked, in seconds. */
  readonly everySeconds: number;
  /** Series that count as critical; empty: all do. */
  readonly critical: readonly string[];
}
