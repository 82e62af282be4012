import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { DriftReport } from '../../kit/drift/make-drift-report.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { DriftRequest } from './drift-request.ts';
import { acceptedEvent } from './record-drift.ts';

const unread = ({ unknown }: DriftReport): ReleaseError =>
  new ReleaseError('E_DRIFT_UNREAD', {
    what: `The set-up could not be read whole: ${unknown.map(({ check }) => check).join(', ')}.`,
    why: 'What is not known cannot be accepted: nobody would compare it any more.',
    next: 'See to it that these checks get an answer, or leave the service out of the configuration.',
    state: 'untouched',
  });

type Accept = NonNullable<DriftRequest['accept']>;

function questionOf({ baseline, changes }: DriftReport, env: string): string {
  if (baseline === undefined) return 'No baseline yet. Save this state?';
  return `Accept ${changes.length === 0 ? 'this state' : plural(changes.length, 'change')} as the baseline of ${env}?`;
}

/**
 * Makes the set-up that was just shown the baseline, after a yes. Throws E_DRIFT_UNREAD when a part of it is not known,
 * and what the question and the ledger throw: nothing is accepted without a record.
 */
export async function acceptDrift(
  run: string,
  report: DriftReport,
  accept: Accept,
  context: CliContext,
  { ledger, scope, env }: Wired,
): Promise<void> {
  if (report.unknown.length > 0) throw unread(report);
  await confirmLight(context, questionOf(report, env));
  await ledger.note(scope, acceptedEvent(run, report, accept));
}
