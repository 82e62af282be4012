import { makeSeverityClock, type SeverityLimits } from './watch/severity-clock.ts';

const LEVELS = ['P0', 'P1', 'P2', 'P3'] as const;
type Level = (typeof LEVELS)[number];

/** The two clocks of a rollback by its urgency (RBC-P0, RBC-P1, RBC-P2). Times in ms since 1970. */
export interface RollbackClock {
  readonly severity: string;
  /** From when they are counted. */
  readonly from: number;
  /** False: no detection before it is on record, so that they are counted from the rollback's own beginning. */
  readonly isDetected: boolean;
  /** Undefined: this one does not run. */
  readonly startBy: number | undefined;
  readonly doneBy: number | undefined;
}

/** When it was detected what is rolled back, and when the rollback began (both ISO). */
export interface RollbackTimes {
  readonly detectedAt?: string | undefined;
  readonly startedAt: string;
}

/** The clocks of an urgency; undefined where the runbook gives it none. */
export function makeRollbackClock(
  severity: string,
  { detectedAt, startedAt }: RollbackTimes,
  severities: Readonly<Partial<Record<Level, SeverityLimits>>> | undefined,
): RollbackClock | undefined {
  const level = LEVELS.find((one) => one === severity);
  if (level === undefined || severities === undefined) return undefined;
  const began = Date.parse(startedAt);
  const detected = Date.parse(detectedAt ?? '');
  // What is said to be detected after its rollback began was told by a clock that runs ahead.
  const isDetected = detected <= began;
  const from = isDetected ? detected : began;
  const { startBy, doneBy } = makeSeverityClock(level, from, severities);
  if (startBy === undefined && doneBy === undefined) return undefined;
  return { severity, from, isDetected, startBy, doneBy };
}
