import type { Stretch } from './fold-samples.ts';

/** What one source measured of one thing. */
export interface Series {
  /** As rules name it: `error-percent`. */
  readonly metric: string;
  /** An endpoint, a query; `all` where there is one alone. */
  readonly series: string;
  readonly source: string;
  readonly stretches: readonly Stretch[];
  /** How long a stretch is, in ms. */
  readonly stretchMs: number;
}

/** A reading and when it was, in ms since 1970. */
export interface Peak {
  readonly at: number;
  readonly value: number;
}

/** The highest, or for what must not fall the lowest reading; undefined: there is none. */
export function findWorst(stretches: readonly Stretch[], isFloor = false): Peak | undefined {
  let worst: Peak | undefined;
  for (const { at, lowest, highest } of stretches) {
    const value = isFloor ? lowest : highest;
    const isWorse = worst === undefined || (isFloor ? value < worst.value : value > worst.value);
    if (isWorse) worst = { at, value };
  }
  return worst;
}

/** A reading counts until the next one, and no longer than this: sources tell about once a minute. */
const HOLDS_MS = 120_000;

/** For how long a bound was broken, in ms: from each reading that broke it to the next one. */
export function sumBroken(
  { stretches, stretchMs }: Pick<Series, 'stretches' | 'stretchMs'>,
  bound: number,
  isFloor = false,
): number {
  const isBroken = ({ lowest, highest }: Stretch): boolean => (isFloor ? lowest < bound : highest >= bound);
  const lengths = stretches.map(({ at }, i) => {
    const next = stretches[i + 1];
    return next === undefined ? stretchMs : Math.max(stretchMs, Math.min(next.at - at, HOLDS_MS));
  });
  return stretches.reduce((sum, one, i) => sum + (isBroken(one) ? (lengths[i] ?? 0) : 0), 0);
}
