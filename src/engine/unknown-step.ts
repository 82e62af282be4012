import { ReleaseError } from '../domain/failure.ts';
import type { PlannedStep } from '../domain/plan.ts';
import type { RunState } from '../ledger/fold.ts';
import type { RunTools } from './run-tools.ts';

/**
 * E_PLAN_UNKNOWN_STEP when this program cannot carry the entry out as it was meant (F39); undefined when it can. `begun`
 * is the run that the entry belongs to.
 */
export function refuseUnknownStep(entry: PlannedStep, { steps }: Pick<RunTools, 'steps'>, begun?: RunState) {
  const known = steps.get(entry.step);
  if (known?.def === entry.def) return undefined;
  return new ReleaseError('E_PLAN_UNKNOWN_STEP', {
    what: `This version of release does not know the step ${entry.step}, definition ${entry.def}.`,
    why: `${known ? `It knows definition ${known.def}. ` : ''}The run was begun by ${begun ? `release ${begun.tool}` : 'another version'}.`,
    next: begun
      ? `Go on with the version that began it: npx release-runbook@${begun.tool} ${begun.plan.command} --resume`
      : 'Go on with the version that began it.',
    state: 'partly-done',
  });
}
