import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import { makeRollbackClock, type RollbackClock } from '../../domain/rollback-clock.ts';
import type { RunState } from '../../ledger/fold.ts';
import { saySpent } from '../../report/clock-text.ts';

type Begun = Pick<RunState, 'plan' | 'request' | 'startedAt'>;

/**
 * The clocks of a rollback, since it was detected or begun and not only since it was gone on with (RBC-P0, RBC-P1;
 * RBX-00). Undefined for other runs, and for an urgency without a limit.
 */
export function clockOf(
  state: Begun | undefined,
  severities: Runbook['severities'],
): RollbackClock | undefined {
  if (state?.plan.command !== 'rollback') return undefined;
  const { severity, detectedAt } = state.request;
  const times = { startedAt: state.startedAt, ...(typeof detectedAt === 'string' ? { detectedAt } : {}) };
  return makeRollbackClock(String(severity ?? ''), times, severities);
}

export const isOverdue = (clock: RollbackClock | undefined, now: Date): boolean =>
  clock?.doneBy !== undefined && now.getTime() > clock.doneBy;

/** How long a rollback has taken of the time that its urgency gives it; whom to tell is printed below. */
export function sayBudget(clock: RollbackClock | undefined, now: Date): readonly string[] {
  const said = clock && saySpent(clock, now.getTime());
  if (said === undefined) return [];
  return [isOverdue(clock, now) ? `${said}: tell the next of the escalation path` : said];
}

/** The clocks for machines: ISO times, ms since the detection or the beginning. */
export function clockAsJson(clock: RollbackClock | undefined, now: Date): JsonObject | null {
  if (clock === undefined) return null;
  const { severity, from, isDetected, startBy, doneBy } = clock;
  const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    severity,
    [isDetected ? 'detectedAt' : 'countedFrom']: iso(from),
    startBy: iso(startBy),
    doneBy: iso(doneBy),
    spentMs: now.getTime() - from,
    overdue: isOverdue(clock, now),
  };
}
