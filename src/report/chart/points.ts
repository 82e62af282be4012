import type { Stretch } from './fold-samples.ts';
import { shareOf } from './nice-scale.ts';

/** Ends of both axes. */
export interface Axes {
  readonly time: readonly [number, number];
  readonly values: readonly [number, number];
}

/** Size of the drawing that every line is written in; it is stretched to the room that there is. */
export const DRAWING = { width: 1000, height: 100 } as const;

const tenth = (value: number): number => Math.round(value * 10) / 10;

/**
 * A piece of a line as the points of a polyline: of each stretch both extremes, the earlier one first. One measurement alone is a
 * line to itself, which a round end makes a dot.
 */
export function writePoints(piece: readonly Stretch[], { time, values }: Axes): string {
  const place = (at: number, value: number): string =>
    `${Math.round(shareOf(at, time) * DRAWING.width)},${tenth(DRAWING.height * (1 - shareOf(value, values)))}`;
  const points = piece.flatMap(({ at, lowest, highest, falls }) => {
    if (lowest === highest) return [place(at, lowest)];
    const both = [place(at, lowest), place(at, highest)];
    return falls ? both.reverse() : both;
  });
  const [only] = points;
  return points.length === 1 && only !== undefined ? `${only} ${only}` : points.join(' ');
}
