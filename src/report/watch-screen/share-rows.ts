/** A part of a screen that can be higher or lower. */
export type Part = 'metrics' | 'near' | 'recent' | 'gaps';

/** Who gets the next lines, in this order: what is wrong is among the first rows of every part. */
const WISHES: readonly (readonly [Part, number])[] = [
  ['metrics', 3],
  ['recent', 1],
  ['near', 2],
  ['metrics', 5],
  ['gaps', 2],
  ['recent', 2],
  ['near', 2],
  ['metrics', 2],
  ['gaps', 2],
  ['metrics', 100],
];

/** How many lines each part gets of `room`, when it could use `wanted`. */
export function shareRows(
  room: number,
  wanted: Readonly<Record<Part, number>>,
): Readonly<Record<Part, number>> {
  const given = { metrics: 0, near: 0, recent: 0, gaps: 0 };
  let left = Math.max(0, room);
  for (const [part, most] of WISHES) {
    const more = Math.min(most, wanted[part] - given[part], left);
    given[part] += more;
    left -= more;
  }
  return given;
}
