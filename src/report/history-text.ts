import { sayDuration } from '../domain/duration.ts';
import type { RunEnd, RunState } from '../ledger/fold.ts';
import { glyph, type Mark } from './glyphs.ts';
import { sayWhen } from './status-text.ts';
import { alignColumns, cutTo } from './table.ts';

const RESULT: Record<RunEnd, readonly [Mark, string]> = {
  completed: ['pass', 'completed'],
  reverted: ['warn', 'reverted'],
  unsafe: ['fail', 'unsafe'],
  failed: ['fail', 'failed'],
  paused: ['stopped', 'stopped'],
  abandoned: ['stopped', 'abandoned'],
  open: ['running', 'open'],
};

const HEAD = ['date', 'version', 'env', 'command', 'result', 'took', 'by', 'notes'];

const tookMs = (run: RunState): number => Date.parse(run.endedAt ?? run.lastAt) - Date.parse(run.startedAt);

const cells = (run: RunState, zone: string, result: string): string[] => {
  const { version, env, command } = run.plan;
  const when = sayWhen(run.startedAt, zone);
  return [when, version, env, command, result, sayDuration(tookMs(run)), run.actor, run.said];
};

/** Aligned for eyes: newest last, notes cut. */
export function sayHistory(runs: readonly RunState[], zone: string, ascii: boolean): string {
  const rows = runs.map((run) => {
    const [mark, word] = RESULT[run.end];
    return cells(run, zone, `${glyph(mark, ascii)} ${word}`).map((cell, i) =>
      i === 7 ? cutTo(cell, 40) : cell,
    );
  });
  return alignColumns([HEAD, ...rows]).join('\n');
}

/** For a pipe: tab-separated, nothing cut, no head, times in UTC. */
export const tabulateHistory = (runs: readonly RunState[]): string =>
  runs
    .map((run) => [run.startedAt, ...cells(run, 'UTC', RESULT[run.end][1]).slice(1), run.run])
    .map((row) => row.map((cell) => cell.replace(/[\t\n]/g, ' ')).join('\t'))
    .join('\n');
