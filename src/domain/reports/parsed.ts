import type * as z from 'zod';

/** What a report says, or why it proves nothing. The flaw is in our words; foreign text never gets into it. */
export type Parsed<T> =
  | { readonly ok: true; readonly report: T }
  | { readonly ok: false; readonly flaw: string };

/** A report that proves nothing. */
export const flawed = (flaw: string): { readonly ok: false; readonly flaw: string } => ({ ok: false, flaw });

/** A report that can be used. */
export const parsed = <T>(report: T): Parsed<T> => ({ ok: true, report });

/** A text as JSON. */
export function parseJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return flawed('it is empty');
  try {
    return parsed(JSON.parse(text) as unknown);
  } catch {
    return flawed('it is not JSON, or not all of it');
  }
}

/** A value in the shape that a report must have; a flaw names the first place that is wrong. */
export function readShape<Shape extends z.ZodType>(
  value: unknown,
  shape: Shape,
  what: string,
): Parsed<z.infer<Shape>> {
  const read = shape.safeParse(value);
  if (read.success) return parsed(read.data);
  const place = read.error.issues[0]?.path.map(String).slice(0, 6).join('.') || 'its top';
  return flawed(`it is no ${what} (${place.slice(0, 80)})`);
}
