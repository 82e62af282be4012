import type { LedgerEvent } from './event.ts';

type Planned = Extract<LedgerEvent, { type: 'run.planned' }>;

/**
 * The run that an event belongs to, begun with its plan; undefined before there is one. The plan of a run is stored once,
 * before its first effect: a later one is not its own (T37). `late`: ids of runs that were brought from elsewhere.
 */
export function takeRun<R>(
  { runs, late }: { readonly runs: Map<string, R>; readonly late: Set<string> },
  event: LedgerEvent,
  begin: (planned: Planned) => R,
): R | undefined {
  if (event.type === 'run.planned') {
    if (!runs.has(event.run)) runs.set(event.run, begin(event));
    if (event.was !== undefined) late.add(event.run);
  }
  return runs.get(event.run);
}
