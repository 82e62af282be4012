import type { PlanEntry } from '../domain/plan.ts';

/** Entries with the time that earlier runs took instead of the usual one, where they had them (E-81). Times in ms, by name. */
export const withEarlierTimes = (
  entries: readonly PlanEntry[],
  earlier: ReadonlyMap<string, number> = new Map(),
): readonly PlanEntry[] =>
  entries.map((entry) => {
    const usualMs = earlier.get(entry.name);
    return usualMs === undefined ? entry : { ...entry, usualMs: Math.round(usualMs), usualFrom: 'earlier' };
  });
