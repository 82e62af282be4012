import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { findDatabaseWay } from './database-way.ts';
import { listLines } from './list-lines.ts';
import { isMessage, sayEnding, splitPlan } from './story.ts';
import { sayNotVerified } from './verification.ts';
import { viewRollback } from './view-rollback.ts';
import { whyNotLossless } from './why-not-lossless.ts';

/** A run that still stands at one of its entries has not ended. */
const isUnderWay = ({ plan, step }: Moment): boolean => plan.entries.some(({ name }) => name === step);

/** How the rollback stands by its record alone: the report may be written before its end (E-87). */
function sayOutcome(moment: Moment): string {
  const { version } = moment.plan;
  if (isUnderWay(moment)) return `the rollback to ${version} is not over`;
  const ending = sayEnding(moment);
  if (ending === 'incomplete') return `the rollback to ${version} ended with steps not recorded as done`;
  if (ending === 'unproven') return `the rollback to ${version} has ended; that it is live was not proven`;
  return sayNotVerified(moment) === null
    ? `${version} is live again, and verified`
    : `${version} is live again; not all of it is verified`;
}

/** Never the sentence that nothing was lost, unless the record of a rollback that has ended shows it (E-86). */
function sayDataImpact(moment: Moment): string {
  if (isUnderWay(moment)) return 'not established: the rollback is not over';
  const why = whyNotLossless(moment, findDatabaseWay(moment));
  return why === undefined ? 'none was lost, by the record of the rollback' : `not established. ${why}`;
}

/** What was changed, by the record; what was only looked at is nothing to stakeholders. */
const listChanges = (moment: Moment): readonly string[] =>
  splitPlan(moment)
    .before.filter((entry) => entry.kind === 'step' && entry.effect !== 'read' && !isMessage(entry))
    .filter(({ name }) => moment.facts[name] !== undefined)
    .map(({ title }) => title);

/** Variables of what is told after an incident: to stakeholders, and to engineering (PIR-09, PIR-10). */
export function viewReport(moment: Moment, runbook: Runbook): JsonObject {
  const { data_sentence: _, ...view } = viewRollback(
    { ...moment, notes: { ...moment.notes, data_loss: null } },
    runbook,
  );
  return {
    ...view,
    outcome: sayOutcome(moment),
    done: listChanges(moment),
    data_impact: sayDataImpact(moment),
    // What is still to be asked has not failed to answer.
    ...(isUnderWay(moment) ? { not_verified: null } : {}),
    root_cause: null,
    open_items: null,
    next_update: null,
    ...listLines('findings', moment.notes.findings),
  };
}
