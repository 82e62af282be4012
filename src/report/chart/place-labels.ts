/** The row of each label, 0 nearest to the chart: labels that lie closer than `apart` to the one before stand above it. */
export function placeLabels(shares: readonly number[], apart: number): readonly number[] {
  const ends: number[] = [];
  return shares.map((share) => {
    const free = ends.findIndex((end) => share - end >= apart);
    const row = free < 0 ? ends.length : free;
    ends[row] = share;
    return row;
  });
}
