import { sayDayOf } from '../domain/calendar/say-moment.ts';
import type { Due } from '../domain/prepare/find-due.ts';

/** `today is T-4: …`, or `next T+1 on Tue 1 Dec: …` on a day between: the phase of a release by its dated plan (PRE-33). */
export const sayDue = ({ row: { label, from, work }, isNow }: Due): string =>
  isNow ? `today is ${label}: ${work}` : `next ${label} on ${sayDayOf(from)}: ${work}`;
