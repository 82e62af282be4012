import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { listFeatures } from './feature-list.ts';
import { listLines } from './list-lines.ts';
import { sayClock } from './times.ts';

/** Variables of the short notices: candidate ready or staged, no-go, drift, handoff, takeover, command, success. */
export function viewNotice({ notes, now }: Moment, runbook: Runbook): JsonObject {
  return {
    branch: null,
    commit: null,
    planned_for: null,
    reason: null,
    next_date: null,
    decided_by: null,
    since: null,
    baseline: null,
    due: sayClock(now, runbook.timezone),
    command: null,
    kind: null,
    open_items: null,
    total_items: null,
    participants: null,
    incident: null,
    commanded_before: null,
    outcome: null,
    taken_by: null,
    taken_from: null,
    taken_run: null,
    goes_on: null,
    ...listLines('findings', notes.findings),
    ...listLines('drifts', notes.drifts),
    ...listFeatures(notes, 5),
  };
}
