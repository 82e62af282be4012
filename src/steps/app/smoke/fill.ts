import type { Json } from '../../../domain/json.ts';

/** Values that `{name}` stands for: captured from earlier answers, or given. */
export type Known = ReadonlyMap<string, string | number>;

const PLACE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** Names in `text` that nothing is known for. */
export const findUnknown = (text: string, known: Known): string[] =>
  [...text.matchAll(PLACE)].map((match) => match[1] ?? '').filter((name) => !known.has(name));

/** `text` with its placeholders filled; what is not known stays, so that the caller can name it. */
export const fillText = (text: string, known: Known): string =>
  text.replace(PLACE, (whole, name: string) => String(known.get(name) ?? whole));

/** The same for a path: every value becomes one harmless segment. */
export const fillPath = (path: string, known: Known): string =>
  path.replace(PLACE, (whole, name: string) =>
    known.has(name) ? encodeURIComponent(String(known.get(name))) : whole,
  );

/** The same inside JSON. A text that is one placeholder alone keeps the type of its value. */
export function fillJson(value: Json, known: Known): Json {
  if (typeof value === 'string') {
    const alone = /^\{([A-Za-z][A-Za-z0-9_]*)\}$/.exec(value);
    return alone && known.has(alone[1] ?? '') ? (known.get(alone[1] ?? '') as Json) : fillText(value, known);
  }
  if (Array.isArray(value)) return value.map((one) => fillJson(one, known));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillJson(one, known)]));
}
