import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { notesAddress } from '../../domain/release-notes.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import { findTeam } from './people.ts';
import { sayFlat } from './say-flat.ts';
import { saySentLate } from './sent-late.ts';
import { sayClock } from './times.ts';
import { viewCard } from './view-card.ts';
import { viewConfirmation } from './view-confirmation.ts';
import { viewDecision } from './view-decision.ts';
import { viewDeploy } from './view-deploy.ts';
import { viewIncident } from './view-incident.ts';
import { viewNotice } from './view-notice.ts';
import { viewReport } from './view-report.ts';
import { viewRollback } from './view-rollback.ts';
import { viewSupportBrief } from './view-support-brief.ts';
import { viewTasks } from './view-tasks.ts';

type MakeView = (moment: Moment, runbook: Runbook) => JsonObject;

const MOST_IN_MAIL = 8;

/** The window of a release that has not begun is what a person planned, and its updates begin with it. */
const viewScheduled: MakeView = (moment, runbook) => ({
  ...viewDeploy(moment, runbook),
  ...{ planned_for: null, window: null, updates: null },
});

const VIEWS: Readonly<Record<TemplateName, MakeView>> = {
  'release-scheduled': viewScheduled,
  'release-start': viewDeploy,
  'release-progress': viewDeploy,
  'release-complete': viewDeploy,
  'release-complete-email': (moment, runbook) => viewDeploy(moment, runbook, MOST_IN_MAIL),
  'release-successful': viewNotice,
  'rollback-start': viewRollback,
  'rollback-progress': viewRollback,
  'rollback-complete': viewRollback,
  'rollback-confirmed': viewConfirmation,
  'customer-rollback': viewRollback,
  'support-brief': viewSupportBrief,
  'incident-report': viewReport,
  'engineering-update': viewReport,
  incident: viewIncident,
  'command-taken': viewNotice,
  'rc-ready': viewNotice,
  'rc-staged': viewNotice,
  'no-go': viewNotice,
  'drift-alert': viewNotice,
  'decision-needed': viewDecision,
  'handoff-ready': viewNotice,
  takeover: viewNotice,
  'tasks-overdue': viewTasks,
  'release-card': (moment, runbook) => viewCard(moment, runbook, viewDeploy),
  'rollback-card': (moment, runbook) => viewCard(moment, runbook, viewRollback),
};

/** What every message may name. */
const viewCommon = (moment: Moment, runbook: Runbook): JsonObject => ({
  version: moment.plan.version,
  from: moment.plan.from || null,
  app: runbook.product,
  service: runbook.service,
  env: moment.env,
  run: moment.run,
  now: sayClock(moment.now, runbook.timezone),
  sandbox: runbook.sandbox,
  repeated: moment.repeated,
  sent_late: saySentLate(moment, runbook),
  dashboard_url: runbook.links.dashboard ?? null,
  notes_url:
    runbook.links.notes === undefined ? null : notesAddress(runbook.links.notes, moment.plan.version),
  status_url: runbook.links.statusPage ?? null,
  support: runbook.links.support ?? null,
});

/** Counts that a sentence is made of: where there is nothing to say, the number alone says nothing either. */
const isCount = (name: string, value: unknown): boolean => name === 'fixes' && typeof value === 'number';

/** A note fills what nobody could compute, and may name another person; it never overrules what was computed. */
const mayFill = (view: JsonObject, team: JsonObject, name: string): boolean =>
  Object.hasOwn(team, name) || (Object.hasOwn(view, name) && view[name] === null);

/**
 * Everything a template of this name can say: computed from the runbook, the plan and the record of the run, then
 * completed by the notes. What is still not known is null, and its line is left out.
 */
export function makeView(template: TemplateName, moment: Moment, runbook: Runbook): JsonObject {
  const team = findTeam(moment, runbook);
  const flat = sayFlat(template, moment);
  const view: JsonObject = {
    ...viewCommon(moment, runbook),
    flat,
    ...team,
    ...VIEWS[template](moment, runbook),
  };
  const fills = Object.entries(moment.notes).filter(
    ([name, value]) => mayFill(view, team, name) && !isCount(name, value),
  );
  return { ...view, ...Object.fromEntries(fills) };
}
