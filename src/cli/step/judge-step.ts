import { ReleaseError } from '../../domain/failure.ts';
import { findNextEntry, isOver } from '../../ledger/find-next-entry.ts';
import { findOpenRun, type RunState } from '../../ledger/fold.ts';

const notNext = ({ run, plan }: RunState, step: string, next: string): ReleaseError =>
  new ReleaseError('E_STEP_NOT_NEXT', {
    what: plan.entries.some(({ name }) => name === step)
      ? `"${step}" is not the next step of ${run}: that is "${next}".`
      : `The plan of ${run} has no step "${step}"; its next one is "${next}".`,
    why: 'The steps of a plan rest on the ones before them.',
    next: `release step run ${run} ${next}`,
    state: 'untouched',
  });

const isClosed = ({ run }: RunState, open: RunState | undefined): ReleaseError =>
  new ReleaseError('E_NOTHING_TO_RESUME', {
    what: `${run} cannot go on: it ended, or a later run came after it.`,
    next: open ? `The run that can go on is ${open.run}.` : 'release history lists the runs.',
    state: 'untouched',
  });

/**
 * Whether a step of a run is done already, or the one to be done now. Throws E_NOTHING_TO_RESUME or E_STEP_NOT_NEXT (exit
 * 2) for everything else. A step that is done is told so also of a run that is over: who drives the steps may not have
 * heard the answer.
 */
export function judgeStep(runs: readonly RunState[], state: RunState, step: string): 'done' | 'next' {
  if (isOver(state.entries[step])) return 'done';
  const open = findOpenRun(runs);
  const next = findNextEntry(state);
  if (open?.run !== state.run || next === undefined) throw isClosed(state, open);
  if (next.name !== step) throw notNext(state, step, next.name);
  return 'next';
}
