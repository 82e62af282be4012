import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { nextPatch } from '../../domain/next-patch.ts';
import type { PlanEntry } from '../../domain/plan.ts';
import { estimateRollback } from '../../domain/rollback-rehearsal/estimate-rollback.ts';
import { CUSTOMER_SENTENCES } from './customer-sentences.ts';
import {
  type DatabaseWay,
  findDatabaseWay,
  sayDatabaseState,
  sayDataLoss,
  sayDataRisk,
} from './database-way.ts';
import { sayDeadline } from './deadline.ts';
import { findOutage, sayAppState, sayDowntime } from './downtime.ts';
import { listNames } from './feature-list.ts';
import { sayMeasurements } from './measured.ts';
import { sayNotHeld } from './not-held.ts';
import { sayStatusPage } from './outside.ts';
import { sayHeadline } from './say-headline.ts';
import { sayOrderedBy } from './say-ordered-by.ts';
import { sayUpdatesPlace } from './say-place.ts';
import { sayRollbackHeadline } from './say-rollback-end.ts';
import { isMessage, sayDone, sayMissing, sayNext, splitPlan, startedAt } from './story.ts';
import {
  addMs,
  minutesBetween,
  roundUpToFive,
  sayAt,
  sayBetween,
  sayClock,
  sayDay,
  sayMinutes,
  workingDayAfter,
} from './times.ts';
import { isDataShown, listVerification, sayNotVerified } from './verification.ts';
import { watchingOf } from './watching.ts';
import { whyNotLossless } from './why-not-lossless.ts';

/** As long as it took in earlier runs; the usual time is said to be no more than that (E-81). */
function sayTime({ usualMs, usualFrom }: PlanEntry): string | null {
  if (usualMs === undefined) return null;
  const about = `about ${sayMinutes(Math.max(1, Math.ceil(usualMs / 60_000)))}`;
  return usualFrom === 'earlier' ? about : `usually ${about}, not measured`;
}

const isEffect = (entry: PlanEntry): boolean =>
  entry.kind === 'step' && entry.effect !== 'read' && !isMessage(entry);

/** The effects of the plan with the time each takes (COM-05e); looks are not worth a line. */
const sayActions = (moment: Moment): readonly JsonObject[] =>
  splitPlan(moment)
    .after.filter(isEffect)
    .slice(0, 8)
    .map((entry) => ({ text: entry.title, eta: sayTime(entry) }));

/** The expected end by the same estimate that the plan showed; null when nothing is left. */
function sayEta(moment: Moment, zone: string): string | null {
  const entries = splitPlan(moment).after;
  if (entries.length === 0) return null;
  const { ms, by } = estimateRollback({ entries });
  const guessed = by.usual + by.assumed;
  const from =
    guessed === 0 ? 'earlier runs' : by.earlier === 0 ? 'usual times' : 'earlier runs and usual times';
  return `${sayClock(addMs(moment.now, ms), zone)}, by ${from}`;
}

/**
 * The sentence about data in the letter to customers: chosen by a person, and refused where the record of the run does
 * not show it (E-86). Null until somebody chose.
 */
function sayToCustomers(moment: Moment, way: DatabaseWay): string | null {
  const choice = moment.notes.data_loss;
  if (typeof choice !== 'string') return null;
  const why = choice === 'none' ? whyNotLossless(moment, way) : undefined;
  if (why === undefined) return CUSTOMER_SENTENCES[choice] ?? null;
  throw new ReleaseError('E_TEMPLATE_STATEMENT', {
    what: '"No customer data was lost" cannot be sent for this rollback.',
    why: `${why}.`,
    next: 'Choose data_loss=possible or data_loss=checking.',
    state: 'untouched',
  });
}

/** A rollback that leaves the database alone loses nothing; what the release before it lost is another question. */
function sayLost(moment: Moment, way: DatabaseWay): string {
  const said = sayDataLoss(way);
  if (way.kind !== 'unchanged' || isDataShown(moment)) return said;
  return `${said}. Whether anything was lost before is not verified`;
}

/** How the earlier version stands with users; nothing before somebody watches them (E-22). */
function sayWatched(moment: Moment): JsonObject {
  const { state, late = null, asOf = null } = watchingOf(moment);
  const said = state === undefined ? null : sayHeadline(sayMissing(moment), state);
  return { state: said?.state ?? null, closing: said?.closing ?? null, late, as_of: asOf };
}

function sayProgress(moment: Moment, zone: string): JsonObject {
  const started = startedAt(moment);
  return {
    started_at: sayClock(started ?? moment.now, zone),
    t_plus: started === undefined ? null : minutesBetween(started, moment.now),
    duration: started === undefined ? null : sayBetween(started, moment.now),
    completed_at: sayAt(moment.now, zone),
    eta: sayEta(moment, zone),
    done: sayDone(moment),
    missing: listNames(sayMissing(moment), null),
    next: [...sayNext(moment), ...(watchingOf(moment).next ?? [])],
    ...sayWatched(moment),
    app_state: sayAppState(moment),
  };
}

/** What is back for users may be missing on main still, from which the next release would begin. */
function sayCodeLater(moment: Moment, main: string): string | null {
  const isLater = splitPlan(moment).after.some(({ name }) => name === 'restore-commit');
  return isLater
    ? `${main} does not have ${moment.plan.version} yet; nobody may release before this rollback has ended`
    : null;
}

/** The ledger's other runs are not in the message, so that a number may be taken: it names where to begin (E-90). */
function sayAttempt({ plan: { from, version } }: Moment): string | null {
  const next = from === version ? undefined : nextPatch(from);
  return next === undefined ? null : `a new patch of ${from}, from ${next} on; ${from} stays marked bad`;
}

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** As people read it where the record has the moment; what a person has written stays theirs. */
function sayDetected({ notes: { detected_at: at } }: Moment, zone: string): string | null {
  return typeof at === 'string' && MOMENT.test(at) ? sayAt(at, zone) : null;
}

/** Begin, end and length of the interruption as customers felt it, from the record of maintenance mode (COM-08). */
function sayOutage(moment: Moment, zone: string): JsonObject {
  const { from, to } = findOutage(moment);
  const isKnown = from !== undefined && to !== undefined;
  return {
    outage_from: from === undefined ? null : sayClock(from, zone),
    outage_to: to === undefined ? null : sayClock(to, zone),
    outage_minutes: isKnown ? roundUpToFive(Math.max(1, Date.parse(to) - Date.parse(from))) : null,
    outage_day: from === undefined ? null : sayDay(from, zone),
  };
}

/** Variables of the rollback messages. */
export function viewRollback(moment: Moment, runbook: Runbook): JsonObject {
  const { timezone: zone } = runbook;
  const way = findDatabaseWay(moment);
  const measured = sayMeasurements(moment, runbook);
  return {
    ...measured,
    ...sayProgress(moment, zone),
    ...sayOutage(moment, zone),
    headline: sayRollbackHeadline(moment),
    bad_version: moment.plan.from || 'the release',
    severity: null,
    ordered_by: sayOrderedBy(moment, runbook),
    reason: null,
    detected_at: sayDetected(moment, zone),
    ...sayDeadline(moment, runbook),
    not_held: listNames(sayNotHeld(moment, runbook), null),
    status_page: sayStatusPage(moment),
    affected_users: null,
    trend: null,
    data_risk: sayDataRisk(way),
    database: sayDatabaseState(way),
    lost: sayLost(moment, way),
    actions: sayActions(moment),
    next_attempt: sayAttempt(moment),
    code_later: sayCodeLater(moment, runbook.source.main),
    verification: listVerification(moment, way, String(measured.smoke)),
    not_verified: sayNotVerified(moment),
    downtime: sayDowntime(moment, zone),
    updates: sayUpdatesPlace(moment, runbook),
    incident: null,
    incident_channel: null,
    root_cause_owner: null,
    postmortem_day: sayDay(workingDayAfter(moment.now, 48, zone), zone),
    affected_features: listNames(moment.notes.affected_features, null),
    data_sentence: sayToCustomers(moment, way),
  };
}
