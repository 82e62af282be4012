import { sayDuration } from '../domain/duration.ts';
import type { RunEnd, RunState } from '../ledger/fold.ts';
import { widthOf } from './display-width.ts';
import { glyph, type Mark } from './glyphs.ts';
import type { Look } from './look.ts';
import { sayWhen } from './say-when.ts';
import { alignColumns, cutTo, wrapWords } from './table.ts';

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

/** Columns that stand beside each other on any screen; who and what for go below them where they do not fit. */
const NARROW = 6;

function sayNarrow(rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const [head = '', ...lines] = alignColumns([HEAD, ...rows].map((row) => row.slice(0, NARROW)));
  const below = rows.map((row) => wrapWords(row.slice(NARROW).join(': '), columns - 6));
  return [head, ...lines.flatMap((line, i) => [line, ...(below[i] ?? []).map((text) => `      ${text}`)])];
}

/** Aligned for eyes: newest last, notes cut; no line is broken at the edge of the screen. */
export function sayHistory(
  runs: readonly RunState[],
  zone: string,
  { ascii, columns }: Pick<Look, 'ascii' | 'columns'>,
): string {
  const rows = runs.map((run) => {
    const [mark, word] = RESULT[run.end];
    return cells(run, zone, `${glyph(mark, ascii)} ${word}`).map((cell, i) =>
      i === 7 ? cutTo(cell, 40) : cell,
    );
  });
  const wide = alignColumns([HEAD, ...rows]);
  const fits = wide.every((line) => widthOf(line) <= columns);
  return (fits ? wide : sayNarrow(rows, columns)).join('\n');
}

/** For a pipe: tab-separated, nothing cut, no head, times in UTC. */
export const tabulateHistory = (runs: readonly RunState[]): string =>
  runs
    .map((run) => [run.startedAt, ...cells(run, 'UTC', RESULT[run.end][1]).slice(1), run.run])
    .map((row) => row.map((cell) => cell.replace(/[\t\n]/g, ' ')).join('\t'))
    .join('\n');
