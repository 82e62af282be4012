import type { RunState } from './fold.ts';

/** Moments of a run that brought a version to users, in ms since 1970 (E-06, E-07). */
export interface Anchors {
  readonly start: number;
  readonly live: number;
  readonly open: number;
}

const doneAt = ({ entries }: RunState, name: string): number | undefined => {
  const entry = entries[name];
  return entry?.state === 'done' ? Date.parse(entry.at) : undefined;
};

/** Where the record of a run has its anchors. Without maintenance mode users reach a version as soon as it is live. */
export function anchorsOf(run: RunState): Anchors {
  const live = doneAt(run, 'prove-live') ?? Date.parse(run.endedAt ?? run.lastAt);
  return { start: Date.parse(run.startedAt), live, open: doneAt(run, 'maintenance-off') ?? live };
}
