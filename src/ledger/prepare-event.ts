import type { DayRow } from '../domain/prepare/lay-out-days.ts';

/** What the record of preparations carries beside its runs. */
export interface PrepareEventData {
  /** The day of a version that has a candidate already is another one now (PRE-33). */
  'day.planned': {
    readonly version: string;
    readonly day: string;
    readonly days: readonly DayRow[];
    readonly by: string;
  };
}
