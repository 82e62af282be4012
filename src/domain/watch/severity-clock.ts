import { minutes } from '../duration.ts';
import type { Level } from './rule.ts';

/** Minutes from detection to the start of a rollback, or of its evaluation, and to its end (E-21). */
export interface SeverityLimits {
  readonly startWithinMinutes?: number | undefined;
  readonly doneWithinMinutes?: number | undefined;
}

/** Two clocks, in ms since 1970; undefined: this one does not run. */
export interface SeverityClock {
  readonly startBy: number | undefined;
  readonly doneBy: number | undefined;
}

/** When what was detected at `firedAt` has to be begun and done. A level without limits has no clock. */
export function makeSeverityClock(
  level: Level,
  firedAt: number,
  limits: Readonly<Partial<Record<Level, SeverityLimits>>>,
): SeverityClock {
  const { startWithinMinutes, doneWithinMinutes } = limits[level] ?? {};
  const after = (span: number | undefined) => (span === undefined ? undefined : firedAt + minutes(span));
  return { startBy: after(startWithinMinutes), doneBy: after(doneWithinMinutes) };
}

/** How a clock stands: the milliseconds that are left, negative when it is overdue; undefined: it does not run. */
export const leftOf = (by: number | undefined, now: number): number | undefined =>
  by === undefined ? undefined : by - now;
