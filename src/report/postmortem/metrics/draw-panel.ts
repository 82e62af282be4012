import type { Drawn, Figures, Point } from './figures.ts';

/** The time that a chart shows, and where it lies. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** From ms since 1970 to a place. */
  readonly x: (at: number) => number;
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

interface Panel extends Scale {
  readonly top: number;
  readonly metric: Drawn;
  readonly label: string;
}

/** The first round number that is not below: 1, 2 or 5 with noughts. */
function roundUp(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  return [1, 2, 5, 10].map((by) => by * power).find((one) => one >= highest) ?? highest;
}

const drawGrid = ({ left, right, top, height }: Panel, most: number): readonly string[] =>
  [0, 0.5, 1].flatMap((share) => {
    const y = top + height * (1 - share);
    return [
      `<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>`,
      `<text class="soft" x="${left - 8}" y="${y + 4}" text-anchor="end">${most * share}</text>`,
    ];
  });

/** One minute alone is a dot: a line needs two. */
function drawPiece(piece: readonly Point[], color: number, { x, top, height }: Panel, most: number): string {
  const place = ({ at, value }: Point): string =>
    `${x(at)},${Math.round(10 * (top + height * (1 - value / most))) / 10}`;
  const [first] = piece;
  if (piece.length > 1 || first === undefined)
    return `<polyline class="line c${color % 4}" points="${piece.map(place).join(' ')}"/>`;
  return `<polyline class="line dot c${color % 4}" points="${place(first)} ${place(first)}"/>`;
}

/** One metric over time: its lines, with a scale that begins at nought. */
export function drawPanel(figures: Figures, sources: readonly string[], panel: Panel): readonly string[] {
  const { left, top, height, metric, label } = panel;
  const lines = figures.filter((line) => line.metric === metric);
  const values = lines.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.map(({ value }) => value)));
  const most = roundUp(values.reduce((a, b) => Math.max(a, b), 0));
  return [
    `<text x="${left}" y="${top - (metric === 'p95-ms' ? 10 : 30)}" font-weight="bold">${label}</text>`,
    ...drawGrid(panel, most),
    ...(lines.length === 0
      ? [`<text class="soft" x="${left + 12}" y="${top + height / 2 - 6}">not measured</text>`]
      : []),
    ...lines.flatMap(({ source, pieces }) =>
      pieces.map((piece) => drawPiece(piece, sources.indexOf(source), panel, most)),
    ),
  ];
}
