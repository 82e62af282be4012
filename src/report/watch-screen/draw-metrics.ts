import { TRAIL_MINUTES } from '../../domain/watch/trail.ts';
import { glyphWidth } from '../glyphs.ts';
import { column, columnRight, cutLine, roomOf, type ScreenLook, signOf } from './draw-text.ts';
import type { MetricRow, Standing, WatchScene } from './scene.ts';
import { drawSparkline } from './sparkline.ts';

const [FIGURE, GAP] = [8, 2];
/** From so many columns on there is room for the limit, and for the trail. */
const [WITH_LIMIT, WITH_TRAIL] = [48, 72];

interface Columns {
  readonly name: number;
  readonly limit: boolean;
  readonly trail: boolean;
  readonly said: number;
}

function columnsOf(look: ScreenLook): Columns {
  const [limit, trail] = [look.columns >= WITH_LIMIT, look.columns >= WITH_TRAIL];
  const name = look.columns >= 100 ? 24 : 15;
  const figures = 1 + FIGURE + (limit ? 1 + FIGURE : 0) + (trail ? GAP + TRAIL_MINUTES : 0);
  const sign = glyphWidth(look.ascii) + 1;
  return { name, limit, trail, said: Math.max(1, roomOf(look) - 2 - name - figures - GAP - sign) };
}

function drawTitles(look: ScreenLook): string {
  const { name, limit, trail } = columnsOf(look);
  const cells = [
    '  ',
    column('metric', name, look),
    ` ${columnRight('now', FIGURE, look)}`,
    limit ? ` ${columnRight('limit', FIGURE, look)}` : '',
    trail ? `  ${column(`last ${TRAIL_MINUTES} min`, TRAIL_MINUTES, look)}` : '',
    '  state',
  ];
  return look.paint.dim(cells.join(''));
}

/** Nothing that was never read is drawn as a line; there the reason stands. */
function trailOf({ trail, bound, why }: MetricRow, look: ScreenLook): string {
  if (why !== '') return column(why, TRAIL_MINUTES, look);
  return drawSparkline(trail, bound, look.ascii);
}

/** `  p95  185 ms  200 ms  ▃▃▃▄  ▲ 92 % of its limit`. */
function drawMetric(row: MetricRow, look: ScreenLook): string {
  const { name, limit, trail, said } = columnsOf(look);
  const cells = [
    '  ',
    column(row.name, name, look),
    ` ${columnRight(row.now ?? '?', FIGURE, look)}`,
    limit ? ` ${columnRight(row.limit ?? '', FIGURE, look)}` : '',
    trail ? `  ${trailOf(row, look)}` : '',
  ];
  return `${cells.join('')}  ${signOf(row.standing, look)} ${cutLine(row.said, said, look)}`.trimEnd();
}

const RANKS: readonly Standing[] = ['bad', 'near', 'unknown', 'good', 'off'];
const rankOf = ({ standing }: MetricRow): number => RANKS.indexOf(standing);

type Rows = Pick<WatchScene, 'metrics' | 'quiet'>;

/** The worst of them, in the order in which they always stand. */
function choose(metrics: readonly MetricRow[], most: number): readonly MetricRow[] {
  if (metrics.length <= most) return metrics;
  const worst = new Set([...metrics].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, Math.max(0, most)));
  return metrics.filter((row) => worst.has(row));
}

function sayRest({ metrics, quiet }: Rows, shown: readonly MetricRow[]): string {
  const hidden = metrics.filter((row) => !shown.includes(row));
  const isGood = hidden.every(({ standing }) => standing === 'good');
  return [
    ...(hidden.length > 0 ? [`${hidden.length} more ${isGood ? 'within their limits' : 'not shown'}`] : []),
    ...(quiet > 0 ? [`${quiet} that need not be measured are not`] : []),
  ].join(', ');
}

/** How many lines all of them would take. */
export const wantedLines = ({ metrics, quiet }: Rows): number =>
  metrics.length === 0 ? 0 : metrics.length + 1 + (quiet > 0 ? 1 : 0);

/** Titles, a row for each metric and how many are left out, in `most` lines. */
export function drawMetrics(rows: Rows, most: number, look: ScreenLook): string[] {
  if (most <= 0) return [];
  const hasTitles = most > 3;
  const isWhole = wantedLines(rows) <= most;
  const room = most - (hasTitles ? 1 : 0) - (isWhole && rows.quiet === 0 ? 0 : hasTitles ? 1 : 0);
  const shown = choose(rows.metrics, room);
  const rest = hasTitles ? sayRest(rows, shown) : '';
  return [
    ...(hasTitles ? [drawTitles(look)] : []),
    ...shown.map((row) => drawMetric(row, look)),
    ...(rest === '' ? [] : [look.paint.dim(`  ${cutLine(rest, roomOf(look) - 2, look)}`)]),
  ];
}
