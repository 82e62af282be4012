import { DateTime } from 'luxon';
import { ReleaseError } from '../domain/failure.ts';

/** Longest time that a waiver may stand; after that somebody has to look again. */
export const MOST_DAYS = 30;

const refuse = (what: string, why?: string): ReleaseError =>
  new ReleaseError('E_UNTIL', {
    what,
    ...(why === undefined ? {} : { why }),
    next: 'Write a day like 2025-10-15 (all of that day counts) or a moment like 2025-10-15T12:00Z.',
    state: 'untouched',
  });

const SHAPE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})?)?$/;

/** What was typed, as a message may repeat it. */
const quote = (typed: string): string => `--until ${typed.slice(0, 40)}`;

function read(typed: string, zone: string, now: Date): DateTime {
  const text = typed.trim();
  const moment = DateTime.fromISO(text, { zone });
  if (!SHAPE.test(text) || !moment.isValid) throw refuse(`${quote(typed)} is no date.`);
  const until = text.includes('T') ? moment : moment.endOf('day');
  if (until.toMillis() <= now.getTime()) throw refuse(`${quote(typed)} has passed.`);
  return until;
}

const spell = (until: DateTime): string => until.toUTC().toISO() ?? '';

/**
 * The moment (ISO 8601, UTC) until which something stands; a day means all of that day in `zone`. Throws E_UNTIL (exit
 * 2) for what is no date or has passed.
 */
export const parseUntil = (typed: string, zone: string, now: Date): string => spell(read(typed, zone, now));

/** The same for a waiver, which also ends by itself: throws E_UNTIL for what lies more than 30 days ahead. */
export function parseWaivedUntil(typed: string, zone: string, now: Date): string {
  const until = read(typed, zone, now);
  if (until > DateTime.fromJSDate(now, { zone }).plus({ days: MOST_DAYS }).endOf('day'))
    throw refuse(
      `${quote(typed)} is more than ${MOST_DAYS} days ahead.`,
      `A waiver ends by itself, after ${MOST_DAYS} days at the latest.`,
    );
  return spell(until);
}
