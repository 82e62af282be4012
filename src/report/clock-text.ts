import { sayDuration } from '../domain/duration.ts';
import type { RollbackClock } from '../domain/rollback-clock.ts';
import { sayWhen } from './say-when.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** `begin by 10:05 EDT`, or by how much that is over. */
function sayOne(word: string, by: number | undefined, now: number, zone: string): string[] {
  if (by === undefined) return [];
  const late = now > by ? `, OVERDUE by ${sayDuration(now - by)}` : '';
  return [`${word} by ${sayWhen(iso(by), zone)}${late}`];
}

/** The clocks of a rollback that has not begun, for its plan (RBC-P0, RBC-P1). `now`: ms since 1970. */
export function sayPlannedClock(clock: RollbackClock, now: number, zone: string): string {
  const { severity, from, isDetected, startBy, doneBy } = clock;
  const both = [...sayOne('begin', startBy, now, zone), ...sayOne('be back', doneBy, now, zone)];
  const since = isDetected
    ? `detected ${sayWhen(iso(from), zone)}`
    : 'counted from now: no detection is on record';
  return `${severity}: ${both.join(' · ')} (${since})`;
}

/** How long it has taken of its time, and by how much it is over. `now`: ms since 1970. */
export function saySpent(
  { severity, from, isDetected, doneBy }: RollbackClock,
  now: number,
): string | undefined {
  if (doneBy === undefined) return undefined;
  const since = isDetected ? ' since it was detected' : '';
  const spent = `${severity}: ${sayDuration(now - from)} of ${sayDuration(doneBy - from)}${since}`;
  return now <= doneBy ? spent : `${spent} — OVERDUE by ${sayDuration(now - doneBy)}`;
}
