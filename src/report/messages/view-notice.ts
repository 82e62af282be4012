import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { listFeatures } from './feature-list.ts';
import { findPerson } from './people.ts';
import { sayClock } from './times.ts';

const MOST = 20;

/** A list of plain lines, with the number of those that are not shown. */
function listLines(name: string, value: unknown): JsonObject {
  const lines = Array.isArray(value) ? value.map(String) : [];
  const more = lines.length - MOST;
  return { [name]: lines.slice(0, MOST), [`more_${name}`]: more > 0 ? `and ${more} more` : null };
}

/** Who must answer a decision point, from the runbook. */
function findDeciders(runbook: Runbook, point: unknown): JsonObject {
  const decision = runbook.decisions?.[String(point) as '1' | '2' | '3' | '4'];
  if (decision === undefined) return { decision: null, deciders: [], evidence: null };
  const deciders = decision.roles.map((role) => ({
    role: runbook.roles[role]?.title ?? role,
    person: findPerson(runbook, role),
  }));
  return { decision: decision.title, deciders, evidence: decision.inputs.join(', ') };
}

/** Variables of the short notices: candidate ready, no-go, drift, decision, handoff, takeover, success. */
export function viewNotice(moment: Moment, runbook: Runbook): JsonObject {
  const { notes } = moment;
  return {
    branch: null,
    commit: null,
    planned_for: null,
    reason: null,
    next_date: null,
    decided_by: null,
    since: null,
    baseline: null,
    due: sayClock(moment.now, runbook.timezone),
    point: null,
    command: null,
    kind: null,
    open_items: null,
    total_items: null,
    participants: null,
    taken_by: null,
    taken_from: null,
    taken_run: null,
    goes_on: null,
    ...listLines('findings', notes.findings),
    ...listLines('drifts', notes.drifts),
    ...findDeciders(runbook, notes.point),
    ...listFeatures(notes, 5),
  };
}
