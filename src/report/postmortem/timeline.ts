import { oneLine } from '../../domain/screen-text.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Incident } from '../../ledger/find-incident.ts';
import type { RunState } from '../../ledger/fold.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';

/** One line of what happened. */
export interface TimelineLine {
  /** ISO. */
  readonly at: string;
  readonly said: string;
}

type Noted = Extract<LedgerEvent, { type: 'watch.noted' }>['data'];

const WHAT = { deploy: 'Deployment', rollback: 'Rollback', prepare: 'Preparation', smoke: 'Smoke test' };
const CALLS = { go: 'GO', hold: 'HOLD', 'no-go': 'NO-GO' };

/** A title without a step's result is no news: reads and what was left out are not told. */
function sayStep(event: Extract<LedgerEvent, { type: 'step.done' }>, run: RunState | undefined): string {
  const entry = run?.plan.entries.find(({ name }) => name === event.step);
  if (entry?.kind !== 'step' || entry.effect === 'read' || event.data.how === 'skipped') return '';
  const seen = { inspected: ' (had happened already)', operator: ' (on a person’s word)' };
  return `${entry.title}${event.data.how === 'effect' ? '' : seen[event.data.how]}`;
}

const titleOf = (event: LedgerEvent, run: RunState | undefined): string =>
  run?.plan.entries.find(({ name }) => name === event.step)?.title ?? event.step ?? event.type;

const figure = (value: unknown): string =>
  typeof value === 'number' ? ` at ${Number(value.toFixed(2))}` : '';

/** A rule as it called, with what it saw then; a level that calls for nothing is the end of it. */
function sayChange({ change }: Extract<LedgerEvent, { type: 'watch.changed' }>['data']): string {
  const { rule, severity, row, series, value } = change;
  const of = typeof series === 'string' && series !== 'all' ? ` of ${series}` : '';
  if (severity !== 'P0' && severity !== 'P1' && severity !== 'P2')
    return `${rule}${of} calls for nothing more`;
  return `${severity} by rule ${rule}${of}${figure(value)}${typeof row === 'string' ? ` (${row})` : ''}`;
}

function sayNote({ by, text, severity, complaint, resolves }: Noted): string {
  const [was, of] = [resolves === undefined ? '' : ', which is over', complaint && ` about ${complaint}`];
  const what = severity === undefined ? (of === undefined ? 'Note' : 'Complaint') : `${severity} declared`;
  return `${what}${of ?? ''} by ${by}${was}: ${text}`;
}

/** What was seen of the running version. */
function sayWatched(event: LedgerEvent): string {
  switch (event.type) {
    case 'watch.changed':
      return sayChange(event.data);
    case 'watch.noted':
      return sayNote(event.data);
    case 'watch.begun':
      return `Watch of ${event.data.version} begun`;
    case 'watch.ended':
      return `Watch of ${event.data.version} ended (${event.data.verdict}): ${event.data.said}`;
    case 'watch.looked':
      return `Look at hour ${event.data.hour}: ${event.data.verdict}${event.data.said && `, ${event.data.said}`}`;
    case 'watch.missed':
      return `Nobody looked at hour ${event.data.hours.join(', ')}`;
    default:
      return '';
  }
}

/** What an event means for whoever was not there; empty for what is only of use to the program. */
export function sayEvent(event: LedgerEvent, run: RunState | undefined): string {
  switch (event.type) {
    case 'run.planned': {
      const { command, version } = event.data.plan;
      return `${WHAT[command]} ${command === 'rollback' ? 'to' : 'of'} ${version} begun by ${event.actor}`;
    }
    case 'step.done':
      return sayStep(event, run);
    case 'step.failed':
      return `Failed: ${titleOf(event, run)} — ${event.data.said}`;
    case 'step.warned':
      return `Not done: ${titleOf(event, run)} — ${event.data.said}`;
    case 'gate.decided': {
      const { gate, call, because } = event.data;
      return `Gate ${gate}: ${CALLS[call]}${because.length > 0 ? ` — ${because.join(', ')}` : ''}`;
    }
    case 'approval.recorded': {
      const { point, person, role, decision, method, comment } = event.data.approval;
      const words = comment === '' ? '' : `: ${comment}`;
      return `Decision ${point}: ${person} (${role}) says ${decision}, ${method}${words}`;
    }
    case 'lock.takeover':
      return `Taken over by ${event.data.actor}: ${event.data.reason}`;
    case 'run.paused':
    case 'run.finished':
      return `${run ? WHAT[run.plan.command] : 'Run'} ended: ${event.data.said}`;
    case 'run.abandoned':
      return `Given up: ${event.data.reason}`;
    case 'handoff.offered':
      return `Command of ${event.data.subject} offered to ${event.data.to} by ${event.data.by}`;
    case 'handoff.accepted':
      return `Command of ${event.data.subject} taken by ${event.data.by}`;
    default:
      return sayWatched(event);
  }
}

/** What happened between the beginning of the deployment and the end of the rollback, oldest first. */
export function listTimeline({ events, deploy, rollback }: Incident): readonly TimelineLine[] {
  const runs = new Map([deploy, rollback].flatMap((run) => (run ? [[run.run, run] as const] : [])));
  return events
    .map((event) => ({ at: event.was?.at ?? event.at, said: sayEvent(event, runs.get(event.run)) }))
    .filter(({ said }) => said !== '');
}

/** The lines as Markdown, in the runbook's zone; the day stands where it changes. */
export function writeTimeline(lines: readonly TimelineLine[], zone: string): string {
  let day = '';
  return lines
    .map(({ at, said }) => {
      const today = sayDay(at, zone);
      const when = today === day ? sayClock(at, zone) : `${today}, ${sayClock(at, zone)}`;
      day = today;
      return `- **${when}**: ${markdownText.text(oneLine(said, 300))}`;
    })
    .join('\n');
}
