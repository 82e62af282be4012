import type { Plan, PlanEntry } from '../plan.ts';

/** Where the time of an entry is from; `assumed` where nobody knows one. */
export type TimeSource = 'measured' | 'earlier' | 'usual' | 'assumed';

export interface EntryTime {
  readonly name: string;
  readonly ms: number;
  readonly source: TimeSource;
}

/** How long a rollback would take, by the entries of its plan. Times in ms. */
export interface RollbackEstimate {
  readonly ms: number;
  readonly entries: readonly EntryTime[];
  readonly by: Readonly<Record<TimeSource, number>>;
}

/** What is known of entries, by name. */
export interface KnownTimes {
  /** Just measured. */
  readonly measured: ReadonlyMap<string, number>;
  /** As long as it took in earlier runs. */
  readonly earlier: ReadonlyMap<string, number>;
}

/** A plan may bring the times of earlier runs along. */
const NOTHING: KnownTimes = { measured: new Map(), earlier: new Map() };

/** Looks and switches for which neither the record nor the runbook knows a time. */
const ASSUMED_MS = 3000;

function timeOf({ name, usualMs, usualFrom }: PlanEntry, { measured, earlier }: KnownTimes): EntryTime {
  const now = measured.get(name);
  if (now !== undefined) return { name, ms: now, source: 'measured' };
  const then = earlier.get(name);
  if (then !== undefined) return { name, ms: then, source: 'earlier' };
  return usualMs === undefined
    ? { name, ms: ASSUMED_MS, source: 'assumed' }
    : { name, ms: usualMs, source: usualFrom ?? 'usual' };
}

/** The time of a plan's entries, one after the other: measured, else of earlier runs, else the usual one of the runbook. */
export function estimateRollback(
  { entries }: Pick<Plan, 'entries'>,
  known: KnownTimes = NOTHING,
): RollbackEstimate {
  const times = entries.map((entry) => timeOf(entry, known));
  const sum = (some: readonly EntryTime[]): number => some.reduce((total, { ms }) => total + ms, 0);
  const of = (source: TimeSource): number => sum(times.filter((one) => one.source === source));
  const by = {
    measured: of('measured'),
    earlier: of('earlier'),
    usual: of('usual'),
    assumed: of('assumed'),
  };
  return { ms: sum(times), entries: times, by };
}
