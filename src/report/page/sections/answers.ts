import { minutes, sayDuration } from '../../../domain/duration.ts';
import type { Moment } from '../../../domain/moment.ts';
import { plural } from '../../../domain/plural.ts';
import type { RunState } from '../../../ledger/fold.ts';
import { foldWatch } from '../../../ledger/fold-watch.ts';
import { type KeptOut, sumKeptOut } from '../../kept-out.ts';
import { findDatabaseWay, sayDataLoss } from '../../messages/database-way.ts';
import { sayClock, sayDay, saySpan } from '../../messages/times.ts';
import { countKept } from '../counted.ts';
import { type Call, findGravest, listCalls } from '../find-call.ts';
import { findPeak, sayNumber, sayPeak } from '../peaks.ts';
import type { Report } from '../report.ts';
import { makeTimeWords } from '../time-words.ts';

export const endOf = ({ endedAt, lastAt }: RunState): string => endedAt ?? lastAt;

export const momentOf = ({ run, plan, facts, endedAt, lastAt }: RunState): Moment => ({
  run,
  env: plan.env,
  plan,
  facts,
  now: endedAt ?? lastAt,
  step: '',
  canThread: false,
  repeated: false,
  notes: {},
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value !== 'not said' ? value : undefined;

const ENDED = {
  open: 'has not ended',
  paused: 'stopped half way',
  completed: 'was completed',
  reverted: 'failed and was taken back',
  unsafe: 'left production in doubt',
  failed: 'failed',
  abandoned: 'was given up',
};
/** `deploy of v2.1.0`, `rollback to v2.0.3`: a run as it is called beside others. */
export const sayName = ({ plan: { command, version } }: RunState): string =>
  `${command} ${command === 'rollback' ? 'to' : 'of'} ${version}`;

const WHAT = { deploy: 'deployment', rollback: 'rollback', prepare: 'preparation', smoke: 'smoke test' };

const sayRun = ({ plan, end, said }: RunState): string => {
  const way = plan.command === 'rollback' ? `from ${plan.from} to ${plan.version}` : `of ${plan.version}`;
  const why = end === 'completed' || said === '' ? '' : `: ${said}`;
  return `The ${WHAT[plan.command]} ${way} ${ENDED[end]}${why}`;
};

/** What happened, in one or two sentences. */
export function sayWhat({
  story: { deploy, rollback, subject },
  runbook: { timezone: zone },
}: Report): string {
  if (rollback === undefined) {
    const { from, command } = subject.plan;
    const instead = command === 'deploy' && from !== '' ? ` It replaces ${from}.` : '';
    return `${sayRun(subject)}.${instead}`;
  }
  const reason = textOf(rollback.request.reason);
  const live =
    deploy?.end === 'completed'
      ? `${deploy.plan.version} was live at ${sayClock(endOf(deploy), zone)}. `
      : '';
  return `${live}${sayRun(rollback)} at ${sayClock(endOf(rollback), zone)}.${reason === undefined ? '' : ` Its reason: ${reason}.`}`;
}

/** From the beginning of the first run to the end of the last one. */
export function sayWhenOf({ story: { runs, subject }, runbook: { timezone: zone } }: Report): string {
  const [first, last] = [runs[0] ?? subject, runs.at(-1) ?? subject];
  const end = endOf(last);
  const tookMs = Date.parse(end) - Date.parse(first.startedAt);
  const { exact, zoneName } = makeTimeWords(zone);
  const [from, to] = [Date.parse(first.startedAt), Date.parse(end)];
  // Two times of one minute would say nothing.
  const span =
    tookMs < minutes(2)
      ? `${exact(from)}–${exact(to)} ${zoneName(from)}`
      : saySpan(first.startedAt, end, zone);
  return `${sayDay(first.startedAt, zone)}, ${span} (${sayDuration(tookMs)})`;
}

const sayKeptOut = (kept: KeptOut | undefined): string => {
  if (kept === undefined) return 'not measured: no maintenance mode is on record';
  return kept.isOpen
    ? `${sayDuration(kept.ms)} so far, and nobody was let in again`
    : `${sayDuration(kept.ms)} of maintenance mode`;
};

function sayWatched({ story: { deploy, subject, events } }: Report): string {
  const run = deploy ?? subject;
  if (run.plan.command !== 'deploy') return '';
  const { ended, calling, begun } = foldWatch(events, run.plan.version, run.startedAt);
  if (ended === undefined && begun.length === 0) return 'Nobody watched it. ';
  if (calling.length > 0) return `${plural(calling.length, 'rule')} called for a rollback. `;
  return ended === undefined ? 'The watch has not ended. ' : `The watch: ${ended.said}. `;
}

/** `P0: error-percent at POST /pay was 35 % (7 of 20)`, of the gravest rule that called. */
function sayCall({ severity, rule, series, value, k, n }: Call): string {
  const of = k === undefined || n === undefined ? '' : ` (${k} of ${n})`;
  const unit = rule.endsWith('percent') ? ' %' : rule.endsWith('ms') ? ' ms' : '';
  const was = value === undefined ? 'called' : `was ${sayNumber(value)}${unit}${of}`;
  return `${severity}: ${rule}${series === '' || series === 'all' ? '' : ` at ${series}`} ${was}`;
}

function saySeverity(report: Report): string {
  const { rollback, events } = report.story;
  const call = findGravest(listCalls(events));
  const severity = textOf(rollback?.request.severity);
  if (call !== undefined) return `${sayCall(call)}. `;
  return severity === undefined ? sayWatched(report) : `${severity}. `;
}

/** How bad it was: what called for a rollback, or what was measured, and how long users were kept out. */
export function sayHowBad(report: Report): string {
  const { runs, events } = report.story;
  const peak = findPeak(report, 'error-percent');
  const errors =
    listCalls(events).length > 0
      ? ''
      : peak === undefined
        ? 'Errors were not measured here. '
        : `Highest error rate of a minute: ${sayPeak(peak, '%')}. `;
  const kept = sumKeptOut(runs, events);
  const out = kept === undefined ? '' : `Users were kept out for ${sayKeptOut(kept)}.`;
  return `${saySeverity(report)}${errors}${out}`;
}

/** What data is gone; only a rollback takes any. */
export function sayLost({ story: { rollback, subject } }: Report): string {
  if (rollback !== undefined) {
    const way = findDatabaseWay(momentOf(rollback));
    const kept = way.kind === 'scripts' ? countKept(rollback) : undefined;
    const before = kept === undefined ? '' : `Nothing that ${plural(kept, 'question')} count. `;
    return `${before}${sayDataLoss(way)}`;
  }
  const kept = countKept(subject);
  if (kept !== undefined) return `Nothing that ${plural(kept, 'question')} count; there was no rollback`;
  return subject.plan.command === 'deploy'
    ? 'Nothing was taken back by a rollback; what the version itself did to data stands under Data integrity'
    : 'Nothing: it changes no data of users';
}

/** Who signed and who ordered; a decision without its people is not called one. */
export function sayWho({ story: { rollback, subject, deploy }, signOffs, runbook }: Report): string {
  const nameOf = (person: string): string => runbook.people[person]?.name ?? person;
  const signed = signOffs
    .filter(({ payload }) => payload.decision !== 'revoked')
    .map(({ payload, fault }) => {
      const proof = fault === undefined ? '' : ', not proven';
      return `${nameOf(payload.person)} (${payload.role}${proof}) said ${payload.decision} at ${typeof payload.point === 'number' ? 'decision ' : 'handoff '}${payload.point}`;
    });
  const ordered = textOf(rollback?.request.orderedBy) ?? rollback?.actor;
  const flag = textOf(rollback?.request.agreed);
  const ahead = flag === undefined ? '' : ` ahead, with ${flag}`;
  const began = (deploy ?? subject).actor;
  return [
    `${began} began the ${WHAT[(deploy ?? subject).plan.command]}`,
    ...(signed.length > 0 ? [signed.join('; ')] : ['no sign-off is on record']),
    ...(ordered === undefined ? [] : [`${ordered} ordered the rollback${ahead}`]),
  ].join('; ');
}
