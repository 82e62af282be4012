const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Higher is denser: plain characters have no heights. */
const PLAIN = ['_', '.', ':', '-', '=', '+', '*', '#'];

/**
 * One sign a reading, against the limit or the highest of them, from zero: a line that reaches the top has reached its
 * limit. Where nothing was read there is a gap, never a line across it.
 */
export function drawSparkline(
  readings: readonly (number | undefined)[],
  bound: number | undefined,
  ascii: boolean,
): string {
  const signs = ascii ? PLAIN : BARS;
  const known = readings.filter((one) => one !== undefined && Number.isFinite(one)) as number[];
  const top = Math.max(bound ?? 0, ...known);
  const signOf = (reading: number): string => {
    if (!Number.isFinite(reading)) return signs.at(-1) ?? '';
    const step = top <= 0 ? 0 : Math.ceil((reading / top) * signs.length) - 1;
    return signs[Math.min(signs.length - 1, Math.max(0, step))] ?? '';
  };
  return readings.map((one) => (one === undefined ? ' ' : signOf(one))).join('');
}

/** `▓▓▓░░`, or `###..`. */
export function drawBar(share: number, width: number, ascii: boolean): string {
  const full = Math.floor(Math.min(1, Math.max(0, share)) * width);
  const [done, left] = ascii ? ['#', '.'] : ['▓', '░'];
  return done.repeat(full) + left.repeat(width - full);
}
