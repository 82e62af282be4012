import type { Stretch } from '../chart/fold-samples.ts';
import type { Series } from '../chart/series.ts';
import type { Html } from './html.ts';
import { table } from './parts.ts';
import { sayNumber } from './peaks.ts';
import type { TimeWords } from './time-words.ts';

/** Rows that a person reads; the picture has more. */
const MOST_ROWS = 24;

interface Cell {
  readonly lowest: number;
  readonly highest: number;
}

const joinCells = (a: Cell | undefined, { lowest, highest }: Stretch): Cell => ({
  lowest: Math.min(a?.lowest ?? lowest, lowest),
  highest: Math.max(a?.highest ?? highest, highest),
});

const sayCell = (cell: Cell | undefined): string => {
  if (cell === undefined) return '';
  const [low, high] = [sayNumber(cell.lowest), sayNumber(cell.highest)];
  return low === high ? low : `${low} – ${high}`;
};

/** The numbers of a picture: of so many equal parts of its time the lowest and the highest reading of each source. */
export function seriesTable(caption: string, lines: readonly Series[], unit: string, words: TimeWords): Html {
  const times = lines.flatMap(({ stretches }) => stretches.map(({ at }) => at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const finest = Math.max(...lines.map(({ stretchMs }) => stretchMs));
  const step = Math.max(finest, Math.ceil((to - from + 1) / MOST_ROWS));
  const rows = new Map<number, (Cell | undefined)[]>();
  lines.forEach(({ stretches }, i) => {
    for (const stretch of stretches) {
      const at = from + Math.floor((stretch.at - from) / step) * step;
      const row = rows.get(at) ?? lines.map(() => undefined);
      row[i] = joinCells(row[i], stretch);
      rows.set(at, row);
    }
  });
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return table(
    unit === '' ? caption : `${caption}, ${unit}`,
    ['From', ...lines.map(({ source }) => source)],
    sorted.map(([at, cells]) => [words.exact(at), ...cells.map(sayCell)]),
    lines.map((_, i) => i + 1),
  );
}
