import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { plural } from '../../domain/plural.ts';
import { sayDowntime, sayPlannedDowntime } from './downtime.ts';
import { listFeatures, listNames } from './feature-list.ts';
import { sayMeasurements } from './measured.ts';
import { sayHeadline } from './say-headline.ts';
import { sayUpdatesPlace } from './say-place.ts';
import {
  factOf,
  sayDone,
  sayEnding,
  sayMissing,
  sayNext,
  splitPlan,
  startedAt,
  sumUsual,
  watchMinutes,
} from './story.ts';
import {
  addMs,
  minutesBetween,
  roundUpToFive,
  sayBetween,
  sayClock,
  sayDay,
  sayMinutes,
  saySpan,
  workingDayAfter,
} from './times.ts';
import { watchingOf } from './watching.ts';

const MOST_IN_SLACK = 5;
const MOST_DONE = 10;

const HEADLINES = {
  proven: (version: string) => `✅ Release ${version}: complete`,
  unproven: (version: string) => `⚠️ Release ${version}: complete, not proven live`,
  incomplete: (version: string) => `⚠️ Release ${version} ended with steps not recorded as done`,
};

/** Window and duration from the usual times of the steps and the watching that this plan does (E-97). */
function sayTimes(moment: Moment, zone: string): JsonObject {
  const usual = sumUsual(splitPlan(moment).after);
  const watched = watchMinutes(moment);
  if (usual === undefined) return { window: `from ${sayClock(moment.now, zone)}`, duration: null };
  const deploy = roundUpToFive(usual);
  const end = addMs(moment.now, (deploy + (watched ?? 0)) * 60_000);
  const then = watched === undefined ? '' : `, then ${sayMinutes(watched)} of monitoring`;
  return {
    window: saySpan(moment.now, end, zone),
    duration: `about ${sayMinutes(deploy)} of deployment${then}`,
  };
}

/** Promises only what this plan does: a cadence needs a plan that watches (E-95, E-103). */
function sayUpdates(moment: Moment, runbook: Runbook): string | null {
  const where = sayUpdatesPlace(moment, runbook);
  const everyMinutes = runbook.monitoring.progressEveryMinutes;
  if (watchMinutes(moment) !== undefined) return `every ${everyMinutes} minutes ${where}`;
  const more = splitPlan(moment).after.some(
    (entry) => entry.kind === 'step' && entry.step === 'slack.announce',
  );
  return more ? `as the release moves on, ${where}` : null;
}

/** How it stands by the record and, where somebody watches, by what they measure (COM-02b, COM-02f). */
function sayState(moment: Moment): JsonObject {
  const { state, late = null, asOf = null } = watchingOf(moment);
  const watched = watchMinutes(moment);
  const said = sayHeadline(sayMissing(moment), state);
  const then = watched === undefined ? null : `Monitoring goes on for ${sayMinutes(watched)}.`;
  const closing = [said.closing, then].filter((one) => one !== null).join(' ');
  return { state: said.state, closing: closing === '' ? null : closing, late, as_of: asOf };
}

/** The last steps; the earlier ones are a number, because nobody reads twenty lines. */
function listDone(moment: Moment): JsonObject {
  const all = sayDone(moment);
  const earlier = all.length - MOST_DONE;
  return {
    done: all.slice(-MOST_DONE),
    more_done: earlier > 0 ? `${plural(earlier, 'earlier step')}` : null,
  };
}

function sayLiveVersion(moment: Moment): string | null {
  const answers = factOf(moment, 'host.prove-live')?.answers;
  if (typeof answers !== 'number') return null;
  return `${moment.plan.version} answered ${answers} times in a row on ${moment.env}`;
}

/** Variables of the four release messages. */
export function viewDeploy(moment: Moment, runbook: Runbook, mostFeatures = MOST_IN_SLACK): JsonObject {
  const { timezone: zone } = runbook;
  const started = startedAt(moment);
  const affected = listNames(moment.notes.affected_features, 'None named in the release notes');
  return {
    ...sayTimes(moment, zone),
    ...sayState(moment),
    ...sayMeasurements(moment, runbook),
    headline: HEADLINES[sayEnding(moment)](moment.plan.version),
    downtime: sayPlannedDowntime(moment),
    updates: sayUpdates(moment, runbook),
    t_plus: started === undefined ? null : minutesBetween(started, moment.now),
    ...listDone(moment),
    next: [...sayNext(moment), ...(watchingOf(moment).next ?? [])],
    live: sayLiveVersion(moment),
    completed_at: `${sayDay(moment.now, zone)}, ${sayClock(moment.now, zone)}`,
    ran: started === undefined ? null : saySpan(started, moment.now, zone),
    total_duration: started === undefined ? null : sayBetween(started, moment.now),
    measured_downtime: sayDowntime(moment, zone),
    review_day: sayDay(workingDayAfter(moment.now, 48, zone), zone),
    rollbacks: null,
    notes_published: null,
    support_briefed: null,
    known_issues: null,
    retro_day: null,
    adoption: null,
    ...listFeatures(moment.notes, mostFeatures),
    affected_features: affected,
  };
}
