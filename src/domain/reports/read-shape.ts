import type * as z from 'zod';
import { flawed, type Parsed, parsed } from './parsed.ts';

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
