import type { Evidence } from '../../domain/approvals/evidence.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import { countComplaints, foldWatch, listDeclared } from '../../ledger/fold-watch.ts';

const same = (key: string, says: string) => ({ key, says, mark: says });

/** The tip of the release branch that a run brought. */
export const commitOf = ({ plan }: Pick<RunState, 'plan'>): string =>
  typeof plan.basis.branch === 'string' ? plan.basis.branch : '';

const ofRun = (run: RunState) => [
  { key: 'commit', says: commitOf(run).slice(0, 7), mark: commitOf(run) },
  same('run', run.run),
];

/** What decision 2 rests on: the run, and what its smoke tests came to (DP-2b). */
const makeSmoke = (run: RunState) => {
  const gate = run.entries['gate-smoke'];
  return same('smoke', gate === undefined ? 'not tested' : gate.state === 'done' ? 'go' : gate.state);
};

/** What decisions 3 and 4 rest on: how the rules stand, and what people told (DP-3b, DP-4b). */
function makeWatched(run: RunState, events: readonly LedgerEvent[]) {
  const { stood, notes } = foldWatch(events, run.plan.version, run.startedAt);
  const incidents = listDeclared(notes).filter(({ rank }) => rank > 0).length;
  const complaints = [...countComplaints(notes).values()].reduce((sum, one) => sum + one, 0);
  return [
    same('standing', stood?.data.level ?? 'nobody has measured'),
    same('incidents', String(incidents)),
    same('complaints', String(complaints)),
  ];
}

/** What people have before them when they decide about a run. */
export const makeRunEvidence = (point: 2 | 3 | 4, run: RunState, events: readonly LedgerEvent[]): Evidence =>
  makeEvidence([...ofRun(run), ...(point === 2 ? [makeSmoke(run)] : makeWatched(run, events))]);
