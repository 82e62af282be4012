import { hours, minutes, seconds } from '../../domain/duration.ts';

/** Steps that people count time in. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map(seconds),
  ...[1, 2, 5, 10, 15, 30].map(minutes),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map(hours),
];

/** Round moments of a span, in ms since 1970, and how far they are apart. */
export interface TimeTicks {
  readonly stepMs: number;
  readonly at: readonly number[];
}

/**
 * At most `most` round moments within a span. `offsetMs` is that of the zone from UTC, so that hours and days are round on the
 * clock of the reader. A span of nothing has its one moment.
 */
export function listTimes([from, to]: readonly [number, number], most = 5, offsetMs = 0): TimeTicks {
  if (!(to > from)) return { stepMs: 0, at: [from] };
  const longest = STEPS.at(-1) ?? 1;
  const step =
    STEPS.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most / longest) * longest;
  const first = Math.ceil((from + offsetMs) / step) * step - offsetMs;
  const count = first > to ? 0 : Math.floor((to - first) / step) + 1;
  return { stepMs: step, at: Array.from({ length: Math.min(count, most) }, (_, i) => first + i * step) };
}
