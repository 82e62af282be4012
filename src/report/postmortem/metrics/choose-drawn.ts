import type { Figures } from './figures.ts';

/** More lines than these cannot be told apart. */
const MOST = 4;

/** Sources that are drawn, by name: those that measured the most minutes. All of them stand in words. */
export function chooseDrawn(figures: Figures): readonly string[] {
  const counted = new Map<string, number>();
  for (const { source, pieces } of figures)
    counted.set(source, (counted.get(source) ?? 0) + pieces.flat().length);
  return [...counted]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([source]) => source)
    .sort();
}
