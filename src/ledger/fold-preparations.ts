import type { DayRow } from '../domain/prepare/lay-out-days.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns, type RunState } from './fold.ts';

/** A version whose candidate was pushed, with the days that were planned for it. */
export interface PreparedVersion {
  readonly version: string;
  /** The newest candidate, like `v2.2.0-rc.1`. */
  readonly candidate: string;
  /** Of the newest candidate (ISO). */
  readonly at: string;
  /** Of the first candidate (ISO): the T-7 of any day that is planned. */
  readonly since: string;
  /** The day that somebody chose, with `--for`; undefined: none. */
  readonly day?: string;
  readonly days: readonly DayRow[];
}

const planOf = ({ request: { day, days } }: RunState): Pick<PreparedVersion, 'day' | 'days'> | undefined =>
  typeof day === 'string' && Array.isArray(days)
    ? { day, days: days as unknown as readonly DayRow[] }
    : undefined;

/** A candidate that came without a day keeps the day of the one before it. */
function addCandidate(run: RunState, earlier: PreparedVersion | undefined): PreparedVersion {
  const { plan, request, startedAt: at } = run;
  const head = { version: plan.version, candidate: String(request.candidate), at };
  return { days: [], ...earlier, ...head, since: earlier?.since ?? at, ...planOf(run) };
}

const isPushed = ({ plan, facts, request }: RunState): boolean =>
  plan.command === 'prepare' && facts.candidate !== undefined && typeof request.candidate === 'string';

/** Preparations by their record, the newest candidate of each version with the day that was planned last. */
export function foldPreparations(events: readonly LedgerEvent[]): readonly PreparedVersion[] {
  const runs = new Map(foldRuns(events).map((run) => [run.run, run]));
  const found = new Map<string, PreparedVersion>();
  for (const event of events) {
    const run = event.type === 'run.planned' ? runs.get(event.run) : undefined;
    if (run !== undefined && isPushed(run))
      found.set(run.plan.version, addCandidate(run, found.get(run.plan.version)));
    if (event.type !== 'day.planned') continue;
    const { version, day, days } = event.data;
    const one = found.get(version);
    if (one !== undefined) found.set(version, { ...one, day, days });
  }
  return [...found.values()];
}
