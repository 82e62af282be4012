import { notFound, Problem } from './problem.ts';

/** PostgreSQL's integer. */
const MAX_ID = 2_147_483_647;

/** An id from a path; whatever is none is not there: 404. */
export function readId(text: string | undefined): number {
  const id = /^\d{1,10}$/.test(text ?? '') ? Number(text) : 0;
  if (id < 1 || id > MAX_ID) throw notFound();
  return id;
}

/** A text of 1 to `limit` characters. No NUL: PostgreSQL stores none. Throws 400 with the field's name. */
export function readText(value: unknown, name: string, limit: number): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= limit && !value.includes('\0'))
    return value;
  throw new Problem(400, `${name} must be a text of 1 to ${limit} characters`);
}

/** A calendar day like 2025-10-01, or null when none was given. Throws 400. */
export function readDay(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const day = new Date(isDay ? `${value}T00:00:00Z` : Number.NaN);
  if (isDay && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
  throw new Problem(400, `${name} must be a day like 2025-10-01`);
}
