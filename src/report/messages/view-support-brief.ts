import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { findChannels } from '../../domain/template-names.ts';
import { CUSTOMER_SENTENCES } from './customer-sentences.ts';
import { type DatabaseWay, findDatabaseWay } from './database-way.ts';
import { findOutage } from './downtime.ts';
import { sayEnding } from './story.ts';
import { sayAt, sayClock, sayDay } from './times.ts';
import { sayNotVerified } from './verification.ts';
import { viewRollback } from './view-rollback.ts';
import { whyNotLossless } from './why-not-lossless.ts';

/** Users may have met it before anybody here saw it. */
function sayProblemSince({ notes }: Moment, zone: string): string {
  const { detected_at: at } = notes;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return 'not recorded';
  return `${sayAt(at, zone)}, when we saw it; it may have begun earlier`;
}

/** Day once, unless it ends on another. */
function sayFromTo(from: string, to: string, zone: string): string {
  const isOneDay = sayDay(from, zone) === sayDay(to, zone);
  return `from ${sayAt(from, zone)}, to ${isOneDay ? sayClock(to, zone) : sayAt(to, zone)}`;
}

/** As maintenance mode recorded it; what nobody recorded is not said to have not happened. */
function sayKeptOut(moment: Moment, zone: string): string {
  const { from, to } = findOutage(moment);
  if (from === undefined) return 'not recorded';
  if (to === undefined) return `since ${sayAt(from, zone)}; no end is on record`;
  return sayFromTo(from, to, zone);
}

/** Nobody has promised here to write to those affected, so that the brief promises it for nobody. */
const LOST = 'Some recent changes may have been lost.';

function sayData(way: DatabaseWay, why: string | undefined): string {
  const { none = '', checking = '' } = CUSTOMER_SENTENCES;
  if (why === undefined) return none;
  return way.kind === 'unchanged' ? checking : LOST;
}

/** Sentences for customers, each by what the record of the run shows. */
function listToCustomers(moment: Moment, { product, timezone }: Runbook, data: string): string[] {
  const { from, to } = findOutage(moment);
  const isBack = sayEnding(moment) === 'proven';
  return [
    isBack
      ? `We found a problem with a new version of ${product} and went back to an earlier version.`
      : `We found a problem with a new version of ${product} and are working on it.`,
    ...(from && to ? [`${product} could not be used ${sayFromTo(from, to, timezone)}.`] : []),
    data,
  ];
}

function listNeverSay(moment: Moment, why: string | undefined): string[] {
  return [
    ...(why === undefined ? [] : [`That no data was lost. ${why}`]),
    ...(sayNotVerified(moment) === null ? [] : ['That everything works again: not all of it was verified']),
    'That it is resolved, before the team has confirmed this rollback with real traffic',
    'That it cannot happen again: going back does not establish the cause',
    'When a next version comes, or who or what was at fault',
  ];
}

/** Where somebody who is asked something else can ask; null where the runbook has no such channel. */
function sayAskIn({ services }: Runbook): string | null {
  const routes = services.slack?.routes ?? {};
  const [own, other] = [findChannels(routes, 'incident'), findChannels(routes, 'rollback-complete')];
  const channels = own.length > 0 ? own : other;
  return channels.length === 0 ? null : channels.map((name) => `#${name}`).join(', ');
}

/** Variables of the brief for support (RBX-7.3, E-115): about data only what is established (E-86). */
export function viewSupportBrief(moment: Moment, runbook: Runbook): JsonObject {
  const { timezone: zone } = runbook;
  const way = findDatabaseWay(moment);
  const why = whyNotLossless(moment, way);
  return {
    ...viewRollback(moment, runbook),
    problem_since: sayProblemSince(moment, zone),
    kept_out: sayKeptOut(moment, zone),
    tell_customers: listToCustomers(moment, runbook, sayData(way, why)),
    never_say: listNeverSay(moment, why),
    ask_in: sayAskIn(runbook),
  };
}
