import { sayDuration } from '../domain/duration.ts';
import type { RunEnd } from '../ledger/fold-end.ts';
import type { RunLine } from '../ledger/fold-lines.ts';
import type { Mark } from './glyphs.ts';

/** How the end of a run is shown. */
export const RESULT: Record<RunEnd, readonly [Mark, string]> = {
  completed: ['pass', 'completed'],
  reverted: ['warn', 'reverted'],
  unsafe: ['fail', 'unsafe'],
  failed: ['fail', 'failed'],
  paused: ['stopped', 'stopped'],
  abandoned: ['stopped', 'abandoned'],
  open: ['running', 'open'],
};

const tookMs = (run: RunLine): number => Date.parse(run.endedAt ?? run.lastAt) - Date.parse(run.startedAt);

/** What is told of a run, in the order of its columns. */
export const cellsOf = (run: RunLine, when: string, result: string): string[] => {
  const { version, env, command } = run.plan;
  return [when, version, env, command, result, sayDuration(tookMs(run)), run.actor, run.said];
};

/** For a pipe: tab-separated, nothing cut, no head, times in UTC. */
export const tabulateHistory = (runs: readonly RunLine[]): string =>
  runs
    .map((run) => [...cellsOf(run, run.startedAt, RESULT[run.end][1]), run.run])
    .map((row) => row.map((cell) => cell.replace(/[\t\n]/g, ' ')).join('\t'))
    .join('\n');
