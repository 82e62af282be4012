import { ReleaseError } from '../../domain/failure.ts';
import type { Plan } from '../../domain/plan.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { Held } from '../../ledger/ledger.ts';
import type { CommandOptions } from '../command.ts';
import type { Wired } from '../wired.ts';

/** Steps of which somebody says that they stand, and why. */
export interface Vouched {
  readonly steps: ReadonlySet<string>;
  readonly reason: string;
}

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--vouch needs a reason.',
    why: 'A step is passed over by your word alone; everybody must be able to read why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

const unknownStep = (step: string, names: readonly string[]): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `The run has no step "${step}".${didYouMean(step, names)}`,
    next: 'release step list shows them.',
    state: 'untouched',
  });

/**
 * Reads --vouch of the run that is gone on with; undefined without it. Throws E_REASON_MISSING, or E_FLAG_VALUE for a step
 * that the run does not have, before anything is done.
 */
export function readVouched({ vouch, reason }: CommandOptions, plan: Plan | undefined): Vouched | undefined {
  const steps = (vouch ?? []) as readonly string[];
  if (steps.length === 0) return undefined;
  const why = typeof reason === 'string' ? reason.trim() : '';
  if (why === '') throw noReason();
  const names = plan?.entries.map(({ name }) => name) ?? steps;
  const wrong = steps.find((step) => !names.includes(step));
  if (wrong !== undefined) throw unknownStep(wrong, names);
  return { steps: new Set(steps), reason: why };
}

/** Kept for the report: who vouched for what, and why. It counts for this process alone. */
export const recordVouched = ({ steps, reason }: Vouched, held: Held, { ledger, scope }: Wired) =>
  ledger.note(scope, {
    id: `${held.run}:vouched:${held.epoch}`,
    run: held.run,
    type: 'fact',
    data: { name: 'vouched', value: { steps: [...steps], reason } },
  });
