import type { Limit } from './limit.ts';

/** Limits of one metric in one unit, which alone can be compared. */
export function groupLimits(limits: readonly Limit[]): readonly (readonly Limit[])[] {
  const groups = new Map<string, Limit[]>();
  for (const limit of limits) {
    const key = `${limit.metric} ${limit.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), limit]);
  }
  return [...groups.values()];
}

/** The same turned so that less is better: then good is below its bound and bad above it, whatever the metric. */
export const turned = ({ range, ...rest }: Limit): Limit => ({
  ...rest,
  range: { low: -range.high, high: -range.low, lowEdge: range.highEdge, highEdge: range.lowEdge },
});

/** True where more is better: what is good begins at a number and has no end. */
export const isMoreBetter = (limits: readonly Limit[]): boolean =>
  limits.some(({ meaning, range }) =>
    meaning === 'good' ? Number.isFinite(range.low) : meaning === 'bad' && !Number.isFinite(range.low),
  );
