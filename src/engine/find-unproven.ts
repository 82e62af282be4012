import { isGonePast } from '../domain/is-gone-past.ts';
import type { Plan, PlanEntry, PlannedStep } from '../domain/plan.ts';
import { isOver } from '../ledger/find-next-entry.ts';
import type { EntryState, RunState } from '../ledger/fold.ts';
import { mayAskAgain } from './find-stale.ts';

type States = RunState['entries'];

/** What is known beside the record. */
export interface Known {
  /** Entries recorded as done whose effect the world shows. */
  readonly standing: ReadonlySet<string>;
  /** True of what notes how things were before its run changed them. */
  readonly isNote: (entry: PlanEntry) => boolean;
  readonly until?: string | undefined;
}

/** True of an effect that is not simply repeated and whose failure would have stopped the run. */
export const isHeavy = (entry: PlanEntry): entry is PlannedStep =>
  entry.kind === 'step' &&
  (entry.effect === 'probeable' || entry.effect === 'unprobeable') &&
  !isGonePast(entry);

const mayHaveChanged = (entry: PlanEntry, state: EntryState | undefined): boolean =>
  isHeavy(entry) &&
  (state?.state === 'done' ||
    state?.state === 'intent' ||
    (state?.state === 'failed' && state.isPartlyDone === true));

const isAsked = (entry: PlanEntry): boolean =>
  entry.kind === 'sign-off' || (mayAskAgain(entry) && !isGonePast(entry));

/** True when what is to be done now rests on the record: it changes something, or it ends the run. */
export function restsOnRecord({ entries }: Plan, states: States, until: string | undefined): boolean {
  const last = until === undefined ? entries.length : entries.findIndex(({ name }) => name === until) + 1;
  if (last >= entries.length) return true;
  const ahead = entries.slice(0, last).filter(({ name }) => !isOver(states[name]));
  return ahead.some((entry) => entry.kind === 'step' && entry.effect !== 'read' && !isGonePast(entry));
}

/**
 * What only the record says was asked and answered well: all of it behind the last effect that the world shows. Nothing of
 * this run comes so far but over its questions, so that what stands before such an effect was asked in truth; behind it
 * anybody may have written that it was (T37). A run that stands still before its next effect has time for it.
 */
export function findUnproven(
  plan: Plan,
  states: States,
  { standing, isNote, until }: Known,
): readonly string[] {
  if (!restsOnRecord(plan, states, until)) return [];
  const { entries } = plan;
  const from = entries.findLastIndex(({ name }) => standing.has(name)) + 1;
  const changed = entries.findLastIndex((entry) => mayHaveChanged(entry, states[entry.name]));
  const isTooLate = (entry: PlanEntry, index: number): boolean => isNote(entry) && index < changed;
  return entries.flatMap((entry, index) =>
    index >= from && isOver(states[entry.name]) && isAsked(entry) && !isTooLate(entry, index)
      ? [entry.name]
      : [],
  );
}
