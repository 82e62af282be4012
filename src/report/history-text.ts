import type { RunLine } from '../ledger/fold-lines.ts';
import { widthOf } from './display-width.ts';
import { glyph } from './glyphs.ts';
import { cellsOf, RESULT } from './history-cells.ts';
import type { Look } from './look.ts';
import { sayWhen } from './say-when.ts';
import { alignColumns, cutTo, wrapWords } from './table.ts';

const HEAD = ['date', 'version', 'env', 'command', 'result', 'took', 'by', 'notes'];

/** Columns that stand beside each other on any screen; who and what for go below them where they do not fit. */
const NARROW = 6;

function sayNarrow(rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const [head = '', ...lines] = alignColumns([HEAD, ...rows].map((row) => row.slice(0, NARROW)));
  const below = rows.map((row) => wrapWords(row.slice(NARROW).join(': '), columns - 6));
  return [head, ...lines.flatMap((line, i) => [line, ...(below[i] ?? []).map((text) => `      ${text}`)])];
}

/** Aligned for eyes: newest last, notes cut; no line is broken at the edge of the screen. */
export function sayHistory(
  runs: readonly RunLine[],
  zone: string,
  { ascii, columns }: Pick<Look, 'ascii' | 'columns'>,
): string {
  const rows = runs.map((run) => {
    const [mark, word] = RESULT[run.end];
    return cellsOf(run, sayWhen(run.startedAt, zone), `${glyph(mark, ascii)} ${word}`).map((cell, i) =>
      i === 7 ? cutTo(cell, 40) : cell,
    );
  });
  const wide = alignColumns([HEAD, ...rows]);
  const fits = wide.every((line) => widthOf(line) <= columns);
  return (fits ? wide : sayNarrow(rows, columns)).join('\n');
}
