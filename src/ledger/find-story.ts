import type { LedgerEvent } from './event.ts';
import { findIncident, type Incident, runsOf } from './find-incident.ts';
import { foldRuns, type RunState } from './fold.ts';

/** What a report tells: a run, the rollback that took it back, and what was recorded around them. */
export interface Story {
  /** The run that was asked for. */
  readonly subject: RunState;
  /** Oldest first: the deploy and the rollback that took it back, or the one run alone. */
  readonly runs: readonly RunState[];
  readonly deploy?: RunState;
  readonly rollback?: RunState;
  /** From what was found and signed before the first of the runs to what was watched after the last, in order. */
  readonly events: readonly LedgerEvent[];
  /** True when a later run has closed the door behind the last one. */
  readonly isPast: boolean;
}

const ENDS: readonly LedgerEvent['type'][] = ['run.finished', 'run.abandoned', 'run.paused'];

/** What was recorded before a run belongs to its story when it is about its version, or about the set-up. */
function isBefore(event: LedgerEvent, version: string): boolean {
  if (event.type.startsWith('drift.')) return true;
  if (event.type.startsWith('lock.')) return false;
  const about = 'version' in event.data ? event.data.version : undefined;
  return about === version || (about === undefined && event.type === 'gate.decided');
}

function eventsOf(events: readonly LedgerEvent[], runs: readonly RunState[]): readonly LedgerEvent[] {
  const ids = new Set(runs.map(({ run }) => run));
  const isOther = ({ run }: LedgerEvent): boolean => !ids.has(run);
  const first = events.findIndex((event) => event.type === 'run.planned' && ids.has(event.run));
  const before = events.slice(0, first);
  const start = before.findLastIndex((event) => ENDS.includes(event.type)) + 1;
  const last = events.findLastIndex(({ run }) => ids.has(run));
  const next = events.findIndex((event, i) => i > last && event.type === 'run.planned' && isOther(event));
  const version = runs[0]?.plan.version ?? '';
  return [
    ...before.slice(start).filter((event) => isBefore(event, version)),
    ...events.slice(first, next < 0 ? undefined : next),
  ];
}

/** The newest run of this id or version; without one the newest of all. */
const findSubject = (runs: readonly RunState[], named: string | undefined): RunState | undefined =>
  runs.findLast(({ run, plan }) => named === undefined || run === named || plan.version === named);

function partsOf(subject: RunState, incident: Incident | undefined): Pick<Story, 'deploy' | 'rollback'> {
  if (incident === undefined) return subject.plan.command === 'deploy' ? { deploy: subject } : {};
  const { deploy, rollback } = incident;
  return { ...(deploy ? { deploy } : {}), rollback };
}

/** The story of a run or a version; undefined where the ledger has no such run. */
export function findStory(events: readonly LedgerEvent[], named?: string): Story | undefined {
  const all = foldRuns(events);
  const subject = findSubject(all, named);
  if (subject === undefined) return undefined;
  const incident = findIncident(events, subject.run);
  const runs = incident === undefined ? [subject] : runsOf(incident);
  const isPast = all.at(-1)?.run !== runs.at(-1)?.run;
  return { subject, runs, ...partsOf(subject, incident), events: eventsOf(events, runs), isPast };
}
