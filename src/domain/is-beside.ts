import type { PlanEntry } from './plan.ts';

/** True of an entry that the ones behind it do not wait for. */
export const isBeside = (entry: PlanEntry): boolean => entry.kind === 'step' && entry.beside === true;
