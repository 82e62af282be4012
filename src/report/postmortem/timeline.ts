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

/** What an event means for whoever was not there; empty for what is only of use to the program. */
function sayEvent(event: LedgerEvent, run: RunState | undefined): string {
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
    case 'approval.recorded':
      return `Decision ${event.data.point}: ${event.data.person} (${event.data.role}) says ${event.data.decision}`;
    case 'lock.takeover':
      return `Taken over by ${event.data.actor}: ${event.data.reason}`;
    case 'run.paused':
    case 'run.finished':
      return `${run ? WHAT[run.plan.command] : 'Run'} ended: ${event.data.said}`;
    case 'run.abandoned':
      return `Given up: ${event.data.reason}`;
    default:
      return '';
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
