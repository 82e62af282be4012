interface Run {
  readonly run: string;
  readonly startedAt: string;
}

/**
 * Runs in the order of the ledger, but for those that were brought later: they stand before whatever began after them.
 * Else the oldest news would look like the newest, and a rollback of last week like what is live. Only their own times
 * are compared with others, because no two machines agree on the time.
 */
export function placeLateRuns<T extends Run>(runs: readonly T[], late: ReadonlySet<string>): readonly T[] {
  if (late.size === 0) return runs;
  const placed = runs.filter(({ run }) => !late.has(run));
  for (const one of runs.filter(({ run }) => late.has(run))) {
    const at = placed.findIndex(({ startedAt }) => Date.parse(startedAt) > Date.parse(one.startedAt));
    placed.splice(at < 0 ? placed.length : at, 0, one);
  }
  return placed;
}
