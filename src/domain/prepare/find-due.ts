import type { DayRow } from './lay-out-days.ts';

/** What a dated plan asks for on a day; `isNow`: the day lies in the row, else it is the next one. */
export interface Due {
  readonly row: DayRow;
  readonly isNow: boolean;
}

/** The rows of a day like `2026-12-08` (T+2…T+3 and T+3…T+5 meet in one), else the next; none when the plan is over. */
export function findDue(rows: readonly DayRow[], today: string): readonly Due[] {
  const now = rows.filter(({ from, to }) => from <= today && today <= to);
  if (now.length > 0) return now.map((row) => ({ row, isNow: true }));
  const next = rows.find(({ from }) => from > today);
  return next === undefined ? [] : [{ row: next, isNow: false }];
}
