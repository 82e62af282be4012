/** A day on which nobody releases. */
export interface Holiday {
  /** `2026-12-25`. */
  readonly date: string;
  readonly name: string;
  /** Comes again on this day of every year; 29 February only in leap years. */
  readonly everyYear: boolean;
}

/** A stretch of time in which nothing may go to production. */
export interface Freeze {
  /** `2026-12-18`, from its first minute, or `2026-12-18T18:00`. */
  readonly from: string;
  /** `2027-01-03`, to its last minute, or `2027-01-04T08:00`, which is no longer part of it. */
  readonly to: string;
  readonly reason: string;
  readonly zone: string;
}

/** Which days count. Days are 1 (Monday) to 7. */
export interface Calendar {
  readonly businessDays: readonly number[];
  readonly holidays: readonly Holiday[];
  readonly freezes: readonly Freeze[];
}

/** When deployments may start (PRE-25), by the clock of one zone. Days are 1 (Monday) to 7. */
export interface Schedule {
  readonly days: readonly number[];
  /** `10:00`; the window opens when the clock first reads it. */
  readonly from: string;
  /** `14:00`; it closes when the clock first reads it. */
  readonly to: string;
  /** IANA name: an offset would be wrong for half of the year (E-09). */
  readonly zone: string;
  /** What a release needs before the window closes (E-05). */
  readonly needsMinutes: number;
  readonly calendar: Calendar;
}

/** A stretch of time in epoch milliseconds; the end is not part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far ahead anybody looks: what does not come within a year does not come. */
export const LOOK_AHEAD_DAYS = 366;
