import type { PlanEntry } from '../domain/plan.ts';
import type { EntryState, RunState } from './fold.ts';

/** True for an entry that a run passes over when it goes on. */
export const isOver = (state: EntryState | undefined): boolean =>
  state?.state === 'done' || state?.state === 'warned';

/** The entry that a run goes on with, by the record; undefined when all of them are over. */
export const findNextEntry = ({ plan, entries }: Pick<RunState, 'plan' | 'entries'>): PlanEntry | undefined =>
  plan.entries.find(({ name }) => !isOver(entries[name]));
