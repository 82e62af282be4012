import { DateTime } from 'luxon';
import { ReleaseError } from '../domain/failure.ts';

/** Longest time that an exception may stand; after that somebody has to look again. */
export const MOST_DAYS = 30;

const refuse = (what: string): ReleaseError =>
  new ReleaseError('E_UNTIL', {
    what,
    why: `An exception ends by itself, after ${MOST_DAYS} days at the latest.`,
    next: 'Write a day like 2025-10-15 (all of that day counts) or a moment like 2025-10-15T12:00Z.',
    state: 'untouched',
  });

const SHAPE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * The moment (ISO 8601, UTC) until which something stands; a day means all of that day in `zone`. Throws E_UNTIL (exit
 * 2) for what is no date, has passed, or lies too far ahead.
 */
export function parseUntil(typed: string, zone: string, now: Date): string {
  const text = typed.trim();
  const read = DateTime.fromISO(text, { zone });
  if (!SHAPE.test(text) || !read.isValid) throw refuse(`--until ${typed} is no date.`);
  const until = text.includes('T') ? read : read.endOf('day');
  if (until.toMillis() <= now.getTime()) throw refuse(`--until ${typed} has passed.`);
  if (until > DateTime.fromJSDate(now, { zone }).plus({ days: MOST_DAYS }).endOf('day'))
    throw refuse(`--until ${typed} is more than ${MOST_DAYS} days ahead.`);
  return until.toUTC().toISO() ?? '';
}
