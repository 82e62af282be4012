import { judgeSuccess, type Success } from '../domain/week/judge-success.ts';
import { findDueLooks } from '../domain/week/list-looks.ts';
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

/** Where the release stands at `now` (ms since 1970), by the record alone. */
export const judgeWeek = (week: Week, now: number): Success =>
  judgeSuccess(week.needed, withMissed(week, now).looks, week.troubles);
