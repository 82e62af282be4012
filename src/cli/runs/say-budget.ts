import type { Runbook } from '../../config/schema/index.ts';
import { minutes, sayDuration } from '../../domain/duration.ts';
import type { RunState } from '../../ledger/fold.ts';

/**
 * How long a rollback has taken of the time that its urgency gives it, since it was begun and not only since it was gone
 * on with (RBC-P0, RBC-P1; RBX-00). Nothing for other runs, and for an urgency without a limit.
 */
export function sayBudget(
  state: Pick<RunState, 'plan' | 'request' | 'startedAt'> | undefined,
  severities: Runbook['severities'],
  now: Date,
): readonly string[] {
  if (state?.plan.command !== 'rollback' || severities === undefined) return [];
  const severity = String(state.request.severity ?? '');
  const limit = Object.hasOwn(severities, severity)
    ? severities[severity as 'P0']?.doneWithinMinutes
    : undefined;
  if (limit === undefined) return [];
  const spent = now.getTime() - Date.parse(state.startedAt);
  const said = `${severity}: ${sayDuration(spent)} of ${limit} min`;
  return spent <= minutes(limit)
    ? [said]
    : [`${said} — OVERDUE by ${sayDuration(spent - minutes(limit))}: tell the next of the escalation path`];
}
