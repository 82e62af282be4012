import { sayDayOf, sayMoment } from '../domain/calendar/say-moment.ts';
import type { DatedPlan } from '../domain/prepare/lay-out-days.ts';
import { wrapWords } from './table.ts';

const COLUMNS = 80;

type DayLine = readonly [string, string, string];

const widthOf = (rows: readonly DayLine[], column: 0 | 1): number =>
  Math.max(...rows.map((row) => row[column].length));

/** A row of the days whose last column goes on below itself, where the screen is too narrow for it. */
const wrapLast = ([label, days, work]: DayLine, first: number, second: number): readonly string[] =>
  wrapWords(work, COLUMNS - first - second - 7).map((line, i) =>
    ['', i === 0 ? label.padEnd(first) : ' '.repeat(first), (i === 0 ? days : '').padEnd(second), line].join(
      '  ',
    ),
  );

/** The days from T-7 to T+7, the slot of the release beside its day (PRE-33). */
export function dayLines(dated: DatedPlan | undefined, zone: string): readonly string[] {
  if (dated === undefined)
    return ['', '  days       no day within a year has a window: see window and calendar'];
  const rows = dated.rows.map(({ label, from, to, work }): DayLine => {
    const slot =
      label === 'T-0' && dated.slot
        ? `, ${sayMoment(dated.slot.starts, zone)}, start by ${sayMoment(dated.slot.latest, zone).split(' ').slice(3).join(' ')}`
        : '';
    return [label, from === to ? sayDayOf(from) : `${sayDayOf(from)} – ${sayDayOf(to)}`, `${work}${slot}`];
  });
  return ['', ...rows.flatMap((row) => wrapLast(row, widthOf(rows, 0), widthOf(rows, 1)))];
}
