import type { Runbook } from '../../config/schema/index.ts';
import type { Moment } from '../../domain/moment.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { readVersion } from '../../domain/version.ts';
import { type Incident, runsOf } from '../../ledger/find-incident.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import type { CommitLine } from '../../services/git/port.ts';
import { sumKeptOut } from '../kept-out.ts';
import { findDatabaseWay, sayDatabaseState, sayDataLoss } from '../messages/database-way.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayBetween, sayClock, sayDay, saySpent, workingDayAfter } from '../messages/times.ts';
import { roleTitles } from '../role-titles.ts';
import { writeFollowUp } from './follow-up.ts';
import { listKept } from './list-kept.ts';
import type { Parts } from './regions.ts';
import { type Commander, sayCommand } from './say-command.ts';
import { listTimeline, writeTimeline } from './timeline.ts';
import { writePerformance } from './write-performance.ts';

/** What the bad version brought, as far as git knows it. */
export interface Change {
  /** The tags between which the cause lies. */
  readonly from: string;
  readonly to: string;
  /** Newest first; undefined when git could not say. */
  readonly commits: readonly CommitLine[] | undefined;
}

export interface Told {
  readonly incident: Incident;
  /** Who commanded it, oldest first. */
  readonly command: readonly Commander[];
  readonly change: Change;
  /** What is to be done afterwards. */
  readonly list: TaskList;
  readonly runbook: Runbook;
  /** The part about what was measured. */
  readonly metrics: string;
}

const UNKNOWN = 'not recorded';
const MOST_COMMITS = 50;

const safe = (text: string, max = 300): string => markdownText.text(oneLine(text, max));

const endOf = ({ endedAt, lastAt }: RunState): string => endedAt ?? lastAt;

const momentOf = ({ run, plan, facts, ...state }: RunState): Moment => ({
  run,
  env: plan.env,
  plan,
  facts,
  now: endOf({ run, plan, facts, ...state }),
  step: '',
  canThread: false,
  repeated: false,
  notes: {},
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value !== 'not said' ? value : undefined;

function sayDuration({ deploy, rollback }: Incident): string {
  const end = endOf(rollback);
  if (deploy === undefined)
    return `${sayBetween(rollback.startedAt, end)} of rollback; the deployment is not in the ledger`;
  const whole = sayBetween(deploy.startedAt, end);
  return `${whole} from the beginning of the deployment to the end of the rollback, which took ${sayBetween(rollback.startedAt, end)}`;
}

function writeFacts({ incident, command, runbook }: Told): string {
  const { rollback } = incident;
  const { timezone: zone } = runbook;
  const reason = textOf(rollback.request.reason);
  const severity = textOf(rollback.request.severity);
  const lines = [
    `**Date**: ${sayDay(rollback.startedAt, zone)}`,
    `**Incident Commander**: ${sayCommand(command, runbook)}; rolled back by ${safe(rollback.actor)}`,
    `**Severity**: ${severity ? safe(severity, 20) : UNKNOWN}`,
    `**Reason**: ${reason ? safe(reason) : UNKNOWN}`,
    `**Duration**: ${sayDuration(incident)}`,
    `**Outcome**: ${safe(rollback.said || `the rollback is ${rollback.end}`)}`,
    `**Postmortem meeting**: by ${sayDay(workingDayAfter(endOf(rollback), 48, zone), zone)}, ${sayClock(endOf(rollback), zone)}`,
  ];
  return lines.join('  \n');
}

function writeImpact({ incident }: Told): string {
  const { deploy, rollback } = incident;
  const kept = sumKeptOut(
    [deploy, rollback].flatMap((run) => run ?? []),
    incident.events,
  );
  const whole = Date.parse(endOf(rollback)) - Date.parse((deploy ?? rollback).startedAt);
  const share = kept && whole > 0 ? Math.max(0, 100 - (100 * kept.ms) / whole).toFixed(1) : undefined;
  const spent = kept && saySpent(kept.ms);
  const out = kept?.isOpen ? `${spent} so far, and nobody was let in again` : spent;
  return [
    `- **Data Loss**: ${safe(sayDataLoss(findDatabaseWay(momentOf(rollback))))}`,
    share === undefined
      ? '- **Availability**: not known: no maintenance mode was recorded, and nothing else was measured'
      : `- **Availability**: at most ${share} % of the incident: maintenance mode kept users out for ${out}; what failed besides is not counted`,
  ].join('\n');
}

const sayCommit = ({ sha, subject, author }: CommitLine): string =>
  `- ${markdownText.code(sha.slice(0, 12))} ${safe(subject, 160)} (${safe(author, 60)})`;

function writeChange({ change, incident }: Told): string {
  const { from, to, commits } = change;
  const tags = (incident.deploy?.plan.entries ?? []).flatMap((entry) =>
    entry.kind === 'step' && entry.step === 'postgres.migrate' ? [safe(entry.title, 160)] : [],
  );
  const list = commits?.slice(0, MOST_COMMITS).map(sayCommit) ?? [];
  const more = (commits?.length ?? 0) - list.length;
  return [
    `What ${safe(to, 60)} brought over ${safe(from, 60)}:`,
    '',
    ...(commits === undefined ? ['- not known: git could not say what lies between the two'] : list),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...tags.map((title) => `- database: ${title}`),
    '',
    ...(readVersion(to) && readVersion(from)
      ? [`To find the commit: ${markdownText.code(`git bisect start ${to} ${from}`)}`]
      : []),
  ].join('\n');
}

function writeEvidence({ incident }: Told): string {
  const { deploy, rollback } = incident;
  const runs = runsOf(incident);
  return [
    ...runs.map(
      ({ run, plan }) =>
        `- ledger, run ${safe(run, 60)}: ${markdownText.code(`release history ${oneLine(plan.version, 60)} --json`)}`,
    ),
    ...listKept(runs).map((name) => `- database as it was: branch ${markdownText.code(name)}`),
    `- database now: ${safe(sayDatabaseState(findDatabaseWay(momentOf(rollback))))}`,
    `- time of the logs: ${safe((deploy ?? rollback).startedAt)} to ${safe(endOf(rollback))}`,
  ].join('\n');
}

/** Every part that the program writes, from the ledger and git. What neither knows is left to a person, and says so. */
export const writeParts = (told: Told): Parts => ({
  facts: writeFacts(told),
  timeline: writeTimeline(listTimeline(told.incident), told.runbook.timezone),
  change: writeChange(told),
  impact: writeImpact(told),
  performance: writePerformance(told.incident),
  evidence: writeEvidence(told),
  metrics: told.metrics,
  'follow-up': writeFollowUp(told.list, { zone: told.runbook.timezone, titles: roleTitles(told.runbook) }),
});
