import { dateAt } from '../domain/calendar/dates.ts';
import { hours } from '../domain/duration.ts';
import type { Sight } from '../domain/tasks/task-spec.ts';
import { type Judged, judgeReadings } from '../domain/week/judge-readings.ts';
import { judgeSuccess } from '../domain/week/judge-success.ts';
import { judgeTargets, type TargetRule } from '../domain/week/judge-targets.ts';
import type { LedgerEvent } from './event.ts';
import type { TaskList } from './fold-tasks.ts';
import { foldWeek, type Week, type WeekPolicy } from './fold-week.ts';
import { withMissed } from './judge-week.ts';

/** What of a runbook the tasks of a week are seen by. */
export interface SeePolicy {
  readonly monitoring: WeekPolicy;
  readonly rules: Readonly<Record<string, TargetRule>>;
  readonly timezone: string;
  readonly document?:
    | { readonly version: string; readonly updated: string; readonly nextReview: string }
    | undefined;
}

const FIRST_DAY = 24;

const notYet = (said: string): Judged => ({ isDone: false, said });

/** Clean is a time in which every look was, and nobody declared a P0 or P1. `rule` has to have been read in each. */
function seeClean(week: Week, span: readonly number[], rule: string): Judged {
  const looks = week.looks.filter(({ hour }) => span.includes(hour));
  const readings = judgeReadings(rule, span, looks);
  const success = judgeSuccess(span, looks, week.troubles);
  return success.state === 'not' ? notYet(success.why.join('; ')) : readings;
}

/** What the looks at what is live have seen of the tasks; of a version that is not live any more nothing new is. */
function seeLooks(
  list: TaskList,
  week: Week,
  rules: SeePolicy['rules'],
): readonly (readonly [Sight, Judged])[] {
  const until = Date.parse(list.tasks.find(({ seenBy }) => seenBy === 'days-clean')?.due ?? list.since);
  const inTime = week.plan.filter((hour) => week.open + hours(hour) < until);
  const first = week.plan.filter((hour) => hour <= FIRST_DAY);
  const later = inTime.filter((hour) => hour > FIRST_DAY);
  return [
    ['night-clean', seeClean(week, first, 'error-percent')],
    ['queries-steady', judgeReadings('query-p95-ms', first, week.looks)],
    ['payments-steady', judgeReadings('payment-success-percent', first, week.looks)],
    ['days-clean', seeClean(week, later, 'p95-ms')],
    ['targets-met', judgeTargets(rules, inTime, week.looks)],
  ];
}

const BY_LOOKS: readonly Sight[] = [
  'night-clean',
  'queries-steady',
  'payments-steady',
  'days-clean',
  'targets-met',
];

const unlooked = ({ about }: TaskList): readonly (readonly [Sight, Judged])[] =>
  BY_LOOKS.map((sight) => [sight, notYet(`${about} is not live any more: nobody looks at it`)]);

/** A letter counts when it left on the day after or later: that of the release day told of something else. */
function seeLetter(events: readonly LedgerEvent[], list: TaskList, { timezone }: SeePolicy): Judged {
  const day = dateAt(Date.parse(list.since), timezone);
  for (const { type, at, data } of events) {
    if (type !== 'message.sent' || data.template !== 'release-complete-email') continue;
    // A letter that lies in a file was written, and perhaps never sent.
    const left = data.sent.filter(({ transport }) => transport !== 'file');
    if (data.version !== list.about || left.length === 0 || dateAt(Date.parse(at), timezone) <= day) continue;
    return {
      isDone: true,
      said: `${data.template}, sent by ${data.by} on ${dateAt(Date.parse(at), timezone)}`,
    };
  }
  return notYet('no letter of the day after is on record: release notify release-complete-email');
}

/** Reviewed is a runbook that says of a later day than the release that it was, and when it will be again. */
function seeReview(list: TaskList, { document, timezone }: SeePolicy, now: number): Judged {
  if (document === undefined) return notYet('the configuration has no document');
  const { version, updated, nextReview } = document;
  const said = `version ${version} of ${updated}, next review on ${nextReview}`;
  const isNew = updated > dateAt(Date.parse(list.since), timezone);
  return { isDone: isNew && nextReview > dateAt(now, timezone) && nextReview > updated, said };
}

/** What is on record of the tasks after a release, and whether that does them. `now`: ms since 1970. */
export function seeWeek(
  list: TaskList,
  events: readonly LedgerEvent[],
  policy: SeePolicy,
  now: number,
): ReadonlyMap<Sight, Judged> {
  const live = foldWeek(events, policy.monitoring);
  const isLive = live !== undefined && live.release.run === list.of;
  return new Map<Sight, Judged>([
    ...(isLive ? seeLooks(list, withMissed(live, now), policy.rules) : unlooked(list)),
    ['stakeholders-told', seeLetter(events, list, policy)],
    ['runbook-reviewed', seeReview(list, policy, now)],
  ]);
}
