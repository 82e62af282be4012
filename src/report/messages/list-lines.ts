import type { JsonObject } from '../../domain/json.ts';

const MOST = 20;

/** A list of plain lines, with the number of those that are not shown. */
export function listLines(name: string, value: unknown): JsonObject {
  const lines = Array.isArray(value) ? value.map(String) : [];
  const more = lines.length - MOST;
  return { [name]: lines.slice(0, MOST), [`more_${name}`]: more > 0 ? `and ${more} more` : null };
}
