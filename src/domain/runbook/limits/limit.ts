import type { Section, Spot } from '../document.ts';

/** A range of numbers. `unstated`: the text has a bound there and does not say to which side it belongs. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly lowEdge: Edge;
  readonly highEdge: Edge;
}

export type Edge = 'in' | 'out' | 'unstated';

/** What a limit says when it is met: all is well, stop or go back, ask people, or look and do nothing. */
export type Meaning = 'good' | 'bad' | 'hold' | 'note';

/** A number that a runbook holds a metric against. */
export interface Limit extends Spot {
  readonly metric: string;
  /** `%`, `ms`, `x` (times the baseline) or `` for a count. Times are in ms. */
  readonly unit: string;
  readonly range: Range;
  /** Undefined: a target, of which nobody says what follows. */
  readonly meaning: Meaning | undefined;
  /** What it is listed under, as it stands there. */
  readonly group: string;
  /** How long it must last, in minutes. */
  readonly dwell: number | undefined;
  readonly section: Section;
}
