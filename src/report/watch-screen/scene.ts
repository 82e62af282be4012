import type { Level } from '../../domain/watch/rule.ts';

/** How a reading stands, for the sign in front of its words. */
export type Standing = 'good' | 'near' | 'bad' | 'unknown' | 'off';

/** One rule as a row. */
export interface MetricRow {
  readonly name: string;
  /** `0.3 %`; undefined: not known. */
  readonly now: string | undefined;
  readonly limit: string | undefined;
  /** The number behind `limit`: what the trail is drawn against. */
  readonly bound: number | undefined;
  readonly trail: readonly (number | undefined)[];
  readonly standing: Standing;
  readonly said: string;
  /** Shown where the trail would be, when there is nothing to draw. */
  readonly why: string;
}

/** A band that is met and has not lasted yet, or the next one that could be. */
export interface NearRow {
  readonly what: string;
  readonly reading: string;
  /** Undefined: it is not met, `reading` says what it needs. */
  readonly time: { readonly haveMs: number; readonly needMs: number } | undefined;
}

/** What people have to answer now. */
export interface Alarm {
  readonly level: Level;
  /** False: somebody has acknowledged it. It stays, and shouts no more. */
  readonly isLoud: boolean;
  readonly head: string;
  /** What is known of clocks, of who decides, and of the way back. */
  readonly lines: readonly string[];
  readonly keys: string;
}

/** A key and what it does. */
export interface KeyHint {
  readonly key: string;
  readonly does: string;
}

/** All that the screen of a watch shows, as data. Times are said already: the zone is the caller's. */
export interface WatchScene {
  readonly title: string;
  readonly env: string;
  readonly isProtected: boolean;
  readonly elapsedMs: number;
  readonly totalMs: number;
  readonly word: string;
  readonly standing: Standing;
  readonly said: string;
  /** `next message 10:45 EST`; empty: nobody is told. */
  readonly message: string;
  readonly alarms: readonly Alarm[];
  readonly metrics: readonly MetricRow[];
  /** How many more rules there are that want nothing. */
  readonly quiet: number;
  readonly near: readonly NearRow[];
  /** The last lines of what has happened, the newest last. */
  readonly recent: readonly string[];
  readonly keys: readonly KeyHint[];
  /** What a person is typing; undefined: nothing. */
  readonly typing: { readonly question: string; readonly text: string } | undefined;
}
