import type { LedgerEvent } from './event.ts';
import type { EntryState, RunState } from './fold.ts';
import { foldWatch } from './fold-watch.ts';

export type PhaseState = 'done' | 'under-way' | 'stopped' | 'to-come';

/** A phase of a release, and how it stands by the ledger alone. */
export interface Phase {
  readonly name: 'prepare' | 'approve' | 'deploy' | 'smoke' | 'watch' | 'complete';
  readonly state: PhaseState;
}

const DEPLOYED: Readonly<Record<RunState['end'], PhaseState>> = {
  ...{ open: 'under-way', completed: 'done' },
  ...{ paused: 'stopped', failed: 'stopped', abandoned: 'stopped', reverted: 'stopped', unsafe: 'stopped' },
};

/** Signed by everybody it needs: one that was passed without an answer is none. */
const isSigned = (entry: EntryState | undefined): boolean => {
  const missing = entry?.state === 'done' ? entry.done.missing : undefined;
  return (
    entry?.state === 'done' && (missing === undefined || (Array.isArray(missing) && missing.length === 0))
  );
};

const entryState = (entry: EntryState | undefined, isDone: boolean): PhaseState => {
  if (isDone) return 'done';
  if (entry?.state === 'intent') return 'under-way';
  return entry === undefined || entry.state === 'done' ? 'to-come' : 'stopped';
};

function findApproved({ plan, entries }: RunState): readonly Phase[] {
  const entry = plan.entries.find((one) => one.kind === 'sign-off' && one.point === 1);
  const own = entry && entries[entry.name];
  return entry === undefined ? [] : [{ name: 'approve', state: entryState(own, isSigned(own)) }];
}

function findTested({ plan, entries }: RunState): readonly Phase[] {
  const gate = plan.entries.find((one) => one.kind === 'gate' && one.gate === 'smoke');
  const own = gate && entries[gate.name];
  return gate === undefined ? [] : [{ name: 'smoke', state: entryState(own, own?.state === 'done') }];
}

function findWatched(events: readonly LedgerEvent[], run: RunState): readonly Phase[] {
  const { ended, begun } =
    run.end === 'completed'
      ? foldWatch(events, run.plan.version, run.endedAt)
      : { ended: undefined, begun: [] };
  const isOver = ended !== undefined && ended.state !== 'stopped';
  const watched = ended === undefined ? (begun.length > 0 ? 'under-way' : 'to-come') : 'stopped';
  return [
    { name: 'watch', state: isOver ? 'done' : watched },
    { name: 'complete', state: isOver ? 'done' : 'to-come' },
  ];
}

/** The phases of a release that was begun, in order; those that its plan does not have are left out. */
export const foldPhases = (events: readonly LedgerEvent[], run: RunState): readonly Phase[] => [
  ...findApproved(run),
  { name: 'deploy', state: DEPLOYED[run.end] },
  ...findTested(run),
  ...findWatched(events, run),
];

/** Those of a version that has a candidate and was not begun. */
export const PHASES_AHEAD: readonly Phase[] = (['deploy', 'smoke', 'watch', 'complete'] as const).map(
  (name) => ({
    name,
    state: 'to-come',
  }),
);
