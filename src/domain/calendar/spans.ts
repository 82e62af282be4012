import type { Span } from './calendar.ts';

/** What is left of a span when another is taken out of it: none, one or two pieces. */
const cutOne = (span: Span, out: Span): Span[] =>
  [
    { from: span.from, to: Math.min(span.to, out.from) },
    { from: Math.max(span.from, out.to), to: span.to },
  ].filter((piece) => piece.from < piece.to);

/** What is left of `spans` outside of all of `out`, in the order of `spans`. */
export const cutOut = (spans: readonly Span[], out: readonly Span[]): readonly Span[] =>
  out.reduce((left, hole) => left.flatMap((one) => cutOne(one, hole)), spans);
