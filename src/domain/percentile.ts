/** Nearest rank: the ceil(q·n)-th smallest. Undefined for no samples. */
export function nearestRank(samples: readonly number[], q: number): number | undefined {
  if (samples.length === 0) return undefined;
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
