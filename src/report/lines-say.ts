import { sayDuration } from '../domain/duration.ts';
import type { Finding } from '../domain/finding.ts';
import type { Plan } from '../domain/plan.ts';
import { plural } from '../domain/plural.ts';
import { sayWaiver } from '../domain/say-waiver.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { EngineEvent } from '../engine/events.ts';

/** `+02:15` since the start. */
export function sayElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `+${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

const STOP_NOW = 'Press Ctrl-C again to stop now.';

const sayAfter = (after: string, usualMs?: number): string =>
  `Stopping after "${after}"${usualMs === undefined ? '' : ` (usually ${sayDuration(usualMs)})`}.`;

/** What to say when a stop was asked for (ux 2.4). */
const sayStopping = (after: string, usualMs?: number): string => `${sayAfter(after, usualMs)} ${STOP_NOW}`;

/** The same for a row that is cut at the edge of the screen: what the person can do is never what is cut. */
export const sayStoppingInRow = (after: string, usualMs?: number): string =>
  `${STOP_NOW} ${sayAfter(after, usualMs)}`;

const sayFinding = (finding: Finding): string => {
  const waived = finding.waived ? `   ${oneLine(sayWaiver(finding.waived))}` : '';
  const word = finding.outcome.toUpperCase();
  return `${word} ${finding.check}   ${oneLine(finding.said)}${waived}   ${sayWhen(finding)}`;
};

const sayWhen = ({ recorded, at, durationMs }: Finding): string =>
  recorded === true ? `on record since ${at.slice(0, 16).replace('T', ' ')} UTC` : sayDuration(durationMs);

/** `a.one: not configured` and its like: the same reason is said once. */
function groupAbsent(absent: readonly string[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const line of absent) {
    const [check = '', ...why] = line.split(': ');
    const reason = oneLine(why.join(': '));
    byReason.set(reason, [...(byReason.get(reason) ?? []), check]);
  }
  return [...byReason].map(([why, checks]) => `${checks.join(', ')}${why === '' ? '' : ` (${why})`}`);
}

/** A preparation changes the repository and no environment. */
const sayPlace = ({ command, env }: Plan): string => (command === 'prepare' ? '' : ` on ${env}`);

const HOW = { effect: '', inspected: ' (was already done)', operator: ' (by hand)', skipped: ' (skipped)' };

type Saying = { readonly [T in EngineEvent['type']]: (event: Extract<EngineEvent, { type: T }>) => string[] };

const SAYINGS: Saying = {
  'gate.started': ({ gate, checks, absent }) => [
    `GATE ${gate} start   ${plural(checks.length, 'check')}`,
    ...(absent.length > 0 ? [`NOTE not asked: ${groupAbsent(absent).join('; ')}`] : []),
  ],
  'check.started': () => [],
  'check.result': ({ finding }) => [sayFinding(finding)],
  'gate.decided': ({ gate, verdict }) => [`GATE ${gate} ${verdict.call.toUpperCase()}`],
  'run.started': ({ run, plan, resumed, done }) => [
    `RUN ${run} ${resumed ? `goes on after ${done.length} of` : 'start  '} ${plan.entries.length} steps   ${plan.command} ${plan.version}${sayPlace(plan)}`,
  ],
  'step.started': ({ name, title }) => [`STEP ${name} start   ${oneLine(title)}`],
  'step.settling': ({ name, said }) => [`WAIT ${name}   ${oneLine(said)}`],
  'step.told': ({ name, said }) => [`… ${name}   ${oneLine(said)}`],
  'step.done': ({ name, how, tookMs, said }) =>
    how === 'earlier'
      ? [`STEP ${name} done earlier`]
      : [`STEP ${name} done ${sayDuration(tookMs)}${HOW[how]}   ${oneLine(said)}`.trimEnd()],
  'step.warned': ({ name, code, said }) => [`WARN ${name}   ${oneLine(said)}   ${code}`],
  'step.failed': ({ name, code, said }) => [`FAIL ${name}   ${oneLine(said)}   ${code}`],
  'decision.due': ({ point, title, roles }) => [`DECISION ${point}   ${title}: ${roles.join(', ')}`],
  stopping: ({ after, usualMs }) => [`STOP ${sayStopping(after, usualMs)}`],
  'run.ended': ({ run, verdict, said, tookMs }) => [
    `RUN ${run} ${verdict} ${sayDuration(tookMs)}   ${oneLine(said)}`.trimEnd(),
  ],
};

/** The lines of one event, without the time in front; none for an event that is no news. */
export const sayEvent = (event: EngineEvent): string[] =>
  (SAYINGS[event.type] as (event: EngineEvent) => string[])(event);
