import type { Plan } from '../domain/plan.ts';
import { asItWas } from './as-it-was.ts';
import type { LedgerEvent } from './event.ts';
import type { RunState } from './fold.ts';
import { foldEnd } from './fold-end.ts';
import { placeLateRuns } from './place-late-runs.ts';
import { takeRun } from './take-run.ts';

/** What one line of a list tells of a run. */
export type RunLine = Pick<
  RunState,
  'run' | 'actor' | 'host' | 'startedAt' | 'lastAt' | 'end' | 'said' | 'endedAt'
> & { readonly plan: Pick<Plan, 'command' | 'version' | 'from' | 'env'> };

/** The lines of a record so far; with later events they are folded on. */
export interface FoldedLines {
  /** In the order in which their runs were recorded. */
  readonly runs: readonly RunLine[];
  /** Ids of those that were brought later. */
  readonly late: readonly string[];
}

const NONE: FoldedLines = { runs: [], late: [] };

type Building = { -readonly [K in keyof RunLine]: RunLine[K] };

function begin({ run, actor, host, at, data }: Extract<LedgerEvent, { type: 'run.planned' }>): Building {
  const { command, version, from, env } = data.plan;
  const plan = { command, version, from, env };
  return { run, plan, actor, host, startedAt: at, lastAt: at, end: 'open', said: '' };
}

/** The same as foldRuns says of each run, as far as a line tells it; a fold can be gone on with. Pure. */
export function foldLines(events: readonly LedgerEvent[], before = NONE): FoldedLines {
  const runs = new Map<string, Building>(before.runs.map((run) => [run.run, { ...run }]));
  const late = new Set(before.late);
  for (const told of events) {
    const event = asItWas(told);
    const run = takeRun({ runs, late }, event, begin);
    if (run === undefined) continue;
    run.lastAt = event.at;
    foldEnd(run, event);
  }
  return { runs: [...runs.values()], late: [...late] };
}

/** Oldest first; one that was recorded elsewhere stands where its time is. */
export const placeLines = ({ runs, late }: FoldedLines): readonly RunLine[] =>
  placeLateRuns(runs, new Set(late));
