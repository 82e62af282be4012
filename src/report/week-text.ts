import { hours } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import { findDueLooks } from '../domain/week/list-looks.ts';
import type { Week } from '../ledger/fold-week.ts';
import { isWeekOver, judgeWeek, withMissed } from '../ledger/judge-week.ts';

const SHOWN: readonly (readonly [string, string, string])[] = [
  ['error-percent', 'errors', ' %'],
  ['p95-ms', 'P95', ' ms'],
  ['query-p95-ms', 'database P95', ' ms'],
  ['payment-success-percent', 'payments', ' %'],
];

/** `errors 0.1 %, P95 84 ms, database P95 12 ms, payments 100 %`; what is not known is said to be. */
export const sayFigures = (figures: JsonObject): string =>
  SHOWN.map(([rule, name, unit]) =>
    typeof figures[rule] === 'number' ? `${name} ${figures[rule]}${unit}` : `${name} not measured`,
  ).join(', ');

/** `P95 84 → 91 ms (46 looks)`: first and last reading of each figure (V24-05, V7-02). */
function sayTrend({ looks }: Week): string[] {
  const taken = looks.filter(({ verdict }) => verdict !== 'missed');
  const told = SHOWN.flatMap(([rule, name, unit]) => {
    const values = taken.flatMap(({ figures }) => (typeof figures[rule] === 'number' ? [figures[rule]] : []));
    return values.length < 2 ? [] : [`${name} ${values[0]} → ${values.at(-1)}${unit}`];
  });
  return told.length === 0 ? [] : [`trend over ${taken.length} looks: ${told.join(', ')}`];
}

type SayWhen = (iso: string) => string;

/** Looks go on all the same, and what they see is told; they never stand for the watch. */
function sayUnwatched(week: Week, now: number): string {
  const why = week.stopped === undefined ? '' : ` (${week.stopped})`;
  const way = isWeekOver(week, now) ? '' : ': release watch completes it, looks do not';
  return `not complete: its monitoring was never watched to an end${why}${way}`;
}

const sayMonitoring = ({ watchedUntil }: Week, say: SayWhen): string =>
  `not complete yet: its monitoring lasts until ${say(new Date(watchedUntil).toISOString())}`;

function saySuccess(week: Week, now: number, say: SayWhen): string[] {
  if (week.successfulAt !== undefined) return [`successful since ${say(week.successfulAt)}`];
  const success = judgeWeek(week, now);
  // What is owed after a rollback, its confirmation, has a line of its own.
  const isBack = week.release.plan.command === 'rollback';
  if (success.state === 'monitoring') return isBack ? [] : [sayMonitoring(week, say)];
  if (success.state === 'unwatched' || week.completeAt === undefined)
    return isBack ? [] : [sayUnwatched(week, now)];
  const since = `complete since ${say(week.completeAt)}`;
  if (success.state === 'not') return [`${since}, not successful: ${success.why.join('; ')}`];
  if (success.state === 'proven')
    return [`${since}; all hours were clean: release tick says it is successful`];
  const at = new Date(week.open + hours(Math.max(...week.needed))).toISOString();
  const left = success.needed - success.clean;
  return [`${since}, successful at ${say(at)} if ${left} more of ${success.needed} looks are clean`];
}

function sayNext(week: Week, now: number, say: SayWhen): string[] {
  const isBefore = now < week.watchedUntil && week.looks.length === 0;
  if (week.completeAt === undefined && (isBefore || isWeekOver(week, now))) return [];
  const known = new Set(week.looks.map(({ hour }) => hour));
  const due = findDueLooks(week.plan, known, now - week.open);
  const unrecorded = due.missed.length;
  if (unrecorded > 0)
    return [`${unrecorded} looks were missed and nobody has recorded it: does release tick run?`];
  if (due.now !== undefined) return [`the look of hour ${due.now} is due: release tick`];
  if (due.next === undefined) return [];
  return [`next look: hour ${due.next}, at ${say(new Date(week.open + hours(due.next)).toISOString())}`];
}

/** Lines about the time after the watch, for `release status`. `now`: ms since 1970. */
export const sayWeek = (week: Week, now: number, say: SayWhen): readonly string[] => [
  ...saySuccess(week, now, say),
  ...sayTrend(week),
  ...sayNext(week, now, say),
];

/** The same for machines. */
export function tellWeek(week: Week, now: number): JsonObject {
  const success = judgeWeek(week, now);
  const known = new Set(week.looks.map(({ hour }) => hour));
  const { next, now: due } = findDueLooks(week.plan, known, now - week.open);
  const hour = due ?? next;
  return {
    version: week.version,
    completeAt: week.completeAt ?? null,
    successfulAt: week.successfulAt ?? null,
    state: week.successfulAt === undefined ? success.state : 'successful',
    why: success.state === 'not' && week.successfulAt === undefined ? success.why : [],
    needed: week.needed,
    looks: withMissed(week, now).looks.map((look) => ({ ...look })),
    nextLookAt: hour === undefined ? null : new Date(week.open + hours(hour)).toISOString(),
  };
}
