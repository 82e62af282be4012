import { ReleaseError } from '../domain/failure.ts';
import type { PlannedStep } from '../domain/plan.ts';
import type { RunTools } from './run-tools.ts';

/** E_PLAN_UNKNOWN_STEP when this program cannot carry the entry out as it was meant; undefined when it can. */
export function refuseUnknownStep(entry: PlannedStep, { steps }: Pick<RunTools, 'steps'>) {
  const known = steps.get(entry.step);
  if (known?.def === entry.def) return undefined;
  return new ReleaseError('E_PLAN_UNKNOWN_STEP', {
    what: `This version of release does not know the step ${entry.step}, definition ${entry.def}.`,
    why: known ? `It knows definition ${known.def}.` : 'The run was begun by another version.',
    next: 'Go on with the version that began the run; release history --json names it (`tool`).',
    state: 'partly-done',
  });
}
