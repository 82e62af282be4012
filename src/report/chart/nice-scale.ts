/** Where a value lies between two ends, 0 to 1; what lies outside is drawn at the edge. */
export function shareOf(value: number, [from, to]: readonly [number, number]): number {
  if (!(to > from)) return 0;
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** The first round number that is not below: 1, 2, 2.5 or 5 with noughts. Of nothing, and of what is no number: 1. */
export function roundUp(highest: number): number {
  if (!Number.isFinite(highest) || highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const round = [1, 2, 2.5, 5, 10].map((by) => by * power).find((one) => one >= highest * (1 - 1e-12));
  return Number((round ?? highest).toPrecision(6));
}

/** Round values between two ends, both included where they are round: at most `most` + 1 of them. */
export function listTicks([from, to]: readonly [number, number], most = 4): readonly number[] {
  if (!(to > from)) return [from];
  const step = roundUp((to - from) / most);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
