import { sayDuration } from '../domain/duration.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Change } from '../domain/watch/change.ts';
import type { Look } from './look.ts';
import { padTo } from './table.ts';

/** How a change is told: the time is said by the caller, who knows the zone. */
export type SayTime = (at: number) => string;

const round = (value: number, digits = 1): string => String(Number(value.toFixed(digits)));

/** What was read of a change: `96 of 300, surely above 26.6 %`. */
export function sayChangeReading({ k, n, lower, value, row, knowledge, severity }: Change): string {
  // What a band has fired at was measured, whatever came of its source since.
  if (row === null && knowledge === 'thin') return 'too few samples to say';
  if (row === null && knowledge === 'unknown') return 'not measured';
  if (k !== null && n !== null)
    return `${k} of ${n}, surely above ${round(Math.floor((lower ?? 0) * 10) / 10)} %`;
  if (value !== null) return n === null ? round(value, 2) : `${round(value, 2)}, ${n} samples`;
  if (row !== null) return 'too many tries had no answer';
  return severity === 'ok' ? 'back within its limits' : '';
}

const INDENT = ' '.repeat(18);

/**
 * `14:31:05  P0    error-percent  POST /api/x  RBC-P0-1`, and below it what was read: `96 of 300, surely above 26.6 %,
 * for 5 min`.
 */
export function sayChange(change: Change, sayTime: SayTime, { paint }: Pick<Look, 'paint'>): string {
  const { severity, rule, series, row, for_s: forS } = change;
  const called = severity === 'P0' || severity === 'P1' || severity === 'P2';
  const level = padTo(severity, 4);
  const what = [
    oneLine(rule),
    series === 'all' || series === null ? null : oneLine(series),
    row === null ? null : paint.dim(row),
  ];
  const reading = `${sayChangeReading(change)}${forS ? `, for ${sayDuration(forS * 1000)}` : ''}`;
  const head = `  ${sayTime(Date.parse(change.at))}  ${called ? paint.bad(level) : level}  ${what.filter((one) => one !== null).join('  ')}`;
  return row === null ? `${head}  ${reading}` : `${head}\n${INDENT}${reading}`;
}
