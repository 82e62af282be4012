import { hours, minutes } from '../domain/duration.ts';
import { judgeSuccess, type Success } from '../domain/week/judge-success.ts';
import { endOf, findDueLooks } from '../domain/week/list-looks.ts';
import type { Week } from './fold-week.ts';

/** With the hours of which nobody has recorded anything although their time is over: they are as good as missed. */
export function withMissed(week: Week, now: number): Week {
  const known = new Set(week.looks.map(({ hour }) => hour));
  const { missed } = findDueLooks(week.plan, known, now - week.open);
  const lost = missed.map((hour) => ({
    ...({ hour, verdict: 'missed', level: 'ok', said: '', at: '', figures: {} } as const),
  }));
  return { ...week, looks: [...week.looks, ...lost].sort((a, b) => a.hour - b.hour) };
}

/** Where a release stands: its monitoring may still come to a good end, or nobody watched it to one, or it is complete. */
export type WeekStanding = Success | { readonly state: 'monitoring' } | { readonly state: 'unwatched' };

/** A watch that ends in time has so long to say so. */
const GRACE_MS = minutes(10);

/** Where the release stands at `now` (ms since 1970), by the record alone. Looks complete no release: only a watch does. */
export function judgeWeek(week: Week, now: number): WeekStanding {
  if (week.completeAt !== undefined)
    return judgeSuccess(week.needed, withMissed(week, now).looks, week.troubles);
  return { state: now < week.watchedUntil + GRACE_MS ? 'monitoring' : 'unwatched' };
}

/** True when the last look of the week has had its time. */
export const isWeekOver = ({ plan, open }: Week, now: number): boolean =>
  now >= open + hours(endOf(plan, plan.length - 1));

/** A rollback is over when the traffic of the earlier version has confirmed it, without two hours of monitoring. */
export const isConfirmed = ({ release }: Week): boolean =>
  release.plan.command === 'rollback' && release.facts.confirmation?.outcome === 'confirmed';

/** True while somebody has to watch what is live, and nobody does. */
export const isLeftUnwatched = (week: Week, now: number): boolean =>
  !isWeekOver(week, now) && !isConfirmed(week) && judgeWeek(week, now).state === 'unwatched';
