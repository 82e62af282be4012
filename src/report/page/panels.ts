import type { Rule } from '../../domain/watch/rule.ts';
import { findWorst, type Series } from '../chart/series.ts';
import type { Measured } from '../measured/collect-series.ts';
import { listBounds, type RuleBound } from '../measured/list-bounds.ts';
import { type Metric, metricOf } from './unit-of.ts';

/** One thing that was measured, by one source or by several, with what it is judged by. */
export interface Panel {
  readonly metric: string;
  readonly series: string;
  readonly lines: readonly Series[];
  readonly read: Metric;
  /** Mildest first. */
  readonly bounds: readonly RuleBound[];
}

/** Everything that was measured, by what it is and whose. */
export function groupPanels(
  { lines, baselines }: Pick<Measured, 'lines' | 'baselines'>,
  rules: readonly Rule[],
): readonly Panel[] {
  const panels = new Map<string, Panel>();
  for (const line of lines) {
    const { metric, series } = line;
    const key = `${metric}\n${series}`;
    const known = panels.get(key) ?? {
      ...{ metric, series, lines: [], read: metricOf(rules, metric) },
      bounds: listBounds(rules, metric, series, baselines),
    };
    panels.set(key, { ...known, lines: [...known.lines, line] });
  }
  return [...panels.values()];
}

/** `P95 of answers: GET /health`. */
export const titleOf = ({ series, read: { title } }: Panel): string =>
  series === 'all' ? title : `${title}: ${series}`;

const worstOf = ({ lines, read: { isFloor } }: Panel): readonly number[] =>
  lines.flatMap(({ stretches }) => findWorst(stretches, isFloor)?.value ?? []);

/** How much of the way to its mildest bound the worst reading went; undefined: nothing judges it. */
function nearnessOf(panel: Panel): number | undefined {
  const [mildest] = panel.bounds;
  const worst = worstOf(panel);
  if (mildest === undefined || worst.length === 0) return undefined;
  // What must not fall comes from a hundred percent.
  const [gone, way] = mildest.isFloor
    ? [100 - Math.min(...worst), 100 - mildest.value]
    : [Math.max(...worst), mildest.value];
  if (gone <= 0) return 0;
  return way <= 0 ? Number.POSITIVE_INFINITY : gone / way;
}

/** Further from every bound than this nothing can be seen in a picture that shows the bound. */
const FAR = 0.5;

/** True: its worst reading stayed far from every bound, so that its numbers in a row say as much as a picture. */
export function isFar(panel: Panel): boolean {
  const nearness = nearnessOf(panel);
  return nearness !== undefined && nearness < FAR;
}

/** By how bad it was, so that the one that matters is drawn first and large. */
export function sortPanels(panels: readonly Panel[]): readonly Panel[] {
  const weight = (panel: Panel): number => {
    const { bounds } = panel;
    const worst = worstOf(panel);
    const met = bounds.filter(({ value, isFloor }) =>
      worst.some((one) => (isFloor ? one < value : one >= value)),
    );
    return met.length + Math.min(0.9, Math.max(0, nearnessOf(panel) ?? 0) / 10);
  };
  const weighed = panels.map((panel) => ({ panel, weight: weight(panel) }));
  return weighed.sort((a, b) => b.weight - a.weight).map(({ panel }) => panel);
}
