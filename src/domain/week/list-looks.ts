import { hours } from '../duration.ts';

const DAY = 24;
const LAST_DAY = 7;

/**
 * Hours after users came at which a release is looked at once its watch is over: every hour of the first day, and for as
 * long as clean hours are counted, for a claim about them needs every one; then once a day to the end of the week
 * (V24-01, V7-01, SUC-08).
 */
export function listLooks(watchedHours: number, successHours: number): readonly number[] {
  const first = Math.floor(watchedHours) + 1;
  const hourly = Math.max(DAY, Math.ceil(successHours));
  const everyHour = Array.from({ length: Math.max(0, hourly - first + 1) }, (_, i) => first + i);
  const everyDay = Array.from({ length: LAST_DAY }, (_, i) => (i + 1) * DAY);
  return [...everyHour, ...everyDay.filter((hour) => hour > Math.max(hourly, first - 1))];
}

/** What of the looks is to be done at a moment. Hours, as `listLooks` names them. */
export interface DueLooks {
  /** The one whose time it is; undefined: it was taken, or none is. */
  readonly now: number | undefined;
  /** Those whose time is over and of which nothing is known. */
  readonly missed: readonly number[];
  /** The next one that is not due yet. */
  readonly next: number | undefined;
}

/** The time of a look ends when the next one is due; the last one has a day. Hours after users came. */
export const endOf = (looks: readonly number[], nth: number): number =>
  looks[nth + 1] ?? (looks[nth] ?? 0) + DAY;

/** `sinceOpenMs`: since users came. `known`: hours that were looked at, or recorded as missed. */
export function findDueLooks(
  looks: readonly number[],
  known: ReadonlySet<number>,
  sinceOpenMs: number,
): DueLooks {
  const open = looks.filter((hour) => !known.has(hour));
  const isOver = (hour: number): boolean => hours(endOf(looks, looks.indexOf(hour))) <= sinceOpenMs;
  const isDue = (hour: number): boolean => hours(hour) <= sinceOpenMs;
  return {
    now: open.find((hour) => isDue(hour) && !isOver(hour)),
    missed: open.filter(isOver),
    next: looks.find((hour) => !isDue(hour)),
  };
}
