import { minutes } from './duration.ts';

/** Rehearsals, and nothing else, make branches of this name. */
export const REHEARSAL_PREFIX = 'rehearsal/';

/** Twice as long as a rehearsal may take: until then another run may be using its branch. */
export const REHEARSAL_LIFE_MS = minutes(30);

const compact = (at: Date): string => at.toISOString().replace(/[-:.]/g, '');

/** `rehearsal/v2.1.0-until-20251001T143000000Z`: the name says when nobody can be using it any more. */
export const nameRehearsal = (version: string, now: Date): string =>
  `${REHEARSAL_PREFIX}${version}-until-${compact(new Date(now.getTime() + REHEARSAL_LIFE_MS))}`;

const UNTIL = /-until-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

function readEnd(name: string): number {
  const [, year, month, day, hour, minute, second, ms] = UNTIL.exec(name) ?? [];
  return year === undefined
    ? Number.NaN
    : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

/**
 * True for a branch that a killed rehearsal left behind: one of ours whose time is over. A name without a time is
 * somebody else's, and is never taken for ours.
 */
export const isLeftover = (name: string, now: Date): boolean =>
  name.startsWith(REHEARSAL_PREFIX) && readEnd(name) < now.getTime();
