/** Edit distance (insert, delete, replace, swap of neighbours), capped for speed at 40 characters. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 40).toLowerCase();
  const b = right.slice(0, 40).toLowerCase();
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Math.max(i, j);
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = i === 0 ? 0 : 1; j <= b.length; j += 1) {
      const row = rows[i] as number[];
      if (i === 0) row[j] = j;
      else row[j] = cheapest(a, b, i, j, at);
    }
  }
  return at(a.length, b.length);
}

function cheapest(a: string, b: string, i: number, j: number, at: (i: number, j: number) => number): number {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1;
  const best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, at(i - 2, j - 2) + 1) : best;
}

/** The known word nearest to `typed`, when it is near enough to be what was meant. */
export function findNearest(typed: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.ceil(typed.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const word of known) {
    const distance = editDistance(typed, word);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { word, distance };
  }
  return best?.word;
}

/** ` Did you mean "x"?` or nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const nearest = findNearest(typed, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
