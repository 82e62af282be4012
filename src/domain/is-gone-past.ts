import type { PlanEntry } from './plan.ts';

/** True of an entry that a run goes past whatever becomes of it: its failure is told, and stops nothing. */
export const isGonePast = (entry: PlanEntry): boolean =>
  entry.kind === 'step' && entry.onFailure === 'warn' && (entry.stopsOn ?? []).length === 0;
