import type { Figures, Line } from './figures.ts';

/** One line for each metric of each source, of however many records it comes. */
export function joinLines(figures: Figures): Figures {
  const joined = new Map<string, Line>();
  for (const line of figures) {
    const key = JSON.stringify([line.metric, line.source]);
    const before = joined.get(key)?.pieces ?? [];
    joined.set(key, { ...line, pieces: [...before, ...line.pieces] });
  }
  return [...joined.values()];
}
