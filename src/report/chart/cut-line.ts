import type { Stretch } from './fold-samples.ts';

/** From and to, in ms since 1970. */
export type Span = readonly [number, number];

/** How a line is interrupted. */
export interface Cuts {
  /** Stretches that are further apart have nothing between them. */
  readonly apartMs: number;
  /** Times in which nobody measured. */
  readonly gaps: readonly Span[];
}

const liesBetween = ([from, to]: Span, before: Stretch, after: Stretch, apartMs: number): boolean =>
  from >= before.at && from < after.at && to <= after.at + apartMs;

/** Pieces of a line: where nobody measured there is none. */
export function cutLine(
  stretches: readonly Stretch[],
  { apartMs, gaps }: Cuts,
): readonly (readonly Stretch[])[] {
  const pieces: Stretch[][] = [];
  let before: Stretch | undefined;
  for (const one of stretches) {
    const last = before;
    const isCut =
      last === undefined ||
      one.at - last.at > apartMs ||
      gaps.some((gap) => liesBetween(gap, last, one, apartMs));
    if (isCut) pieces.push([]);
    pieces.at(-1)?.push(one);
    before = one;
  }
  return pieces;
}
