import type { DayRow } from '../domain/prepare/lay-out-days.ts';
import type { RunState } from './fold.ts';

/** A version whose candidate was pushed, with the days that were planned for it. */
export interface PreparedVersion {
  readonly version: string;
  /** The newest candidate, like `v2.2.0-rc.1`. */
  readonly candidate: string;
  readonly at: string;
  /** The day that somebody chose, with `--for`; undefined: none. */
  readonly day?: string;
  readonly days: readonly DayRow[];
}

function read({ plan, request, startedAt }: RunState, earlier: PreparedVersion | undefined): PreparedVersion {
  const { day, days, candidate } = request;
  const planned =
    typeof day === 'string' && Array.isArray(days)
      ? { day, days: days as unknown as readonly DayRow[] }
      : { ...(earlier?.day === undefined ? {} : { day: earlier.day }), days: earlier?.days ?? [] };
  return { version: plan.version, candidate: String(candidate), at: startedAt, ...planned };
}

/**
 * Preparations by the record of their runs, the newest of each version. A candidate that came without a day keeps the day of
 * the one before it.
 */
export function foldPreparations(runs: readonly RunState[]): readonly PreparedVersion[] {
  const found = new Map<string, PreparedVersion>();
  for (const run of runs) {
    const isPushed = run.plan.command === 'prepare' && run.facts.candidate !== undefined;
    if (!isPushed || typeof run.request.candidate !== 'string') continue;
    found.set(run.plan.version, read(run, found.get(run.plan.version)));
  }
  return [...found.values()];
}
