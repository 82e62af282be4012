/** When people are to be told next, and how often: what they were promised. */
export interface Cadence {
  /** ms since 1970. */
  readonly dueAt: number;
  readonly everyMs: number;
}

export const makeCadence = (lastAt: number, everyMs: number): Cadence => ({
  dueAt: lastAt + everyMs,
  everyMs,
});

/** The cadence of one whose first update nobody could have posted before `at`. */
export const notBefore = ({ dueAt, everyMs }: Cadence, at: number): Cadence => ({
  dueAt: Math.max(dueAt, at),
  everyMs,
});

/**
 * The cadence when its pace is another from `at` on. A faster one never makes anything late that was in time, and an update that
 * was due stays due from when it was.
 */
export function keepPace(cadence: Cadence, everyMs: number, at: number): Cadence {
  const { dueAt, everyMs: was } = cadence;
  if (everyMs === was) return cadence;
  if (at >= dueAt) return { dueAt, everyMs };
  return { dueAt: Math.max(at, dueAt - was + everyMs), everyMs };
}

/** What has just become worse is told at once; what was due already stays due from when it was. */
export const hurry = ({ dueAt, everyMs }: Cadence, at: number): Cadence => ({
  dueAt: Math.min(dueAt, at),
  everyMs,
});
