import type { Waiver } from '../domain/finding.ts';
import type { EventType, LedgerEvent } from './event.ts';
import type { RecordedFinding } from './recorded-finding.ts';

/** What a recorded finding is about. `digest` stands for commit and configuration. */
export interface GateSubject {
  readonly gate: string;
  readonly version: string;
  readonly digest: string;
}

type Decided = Extract<LedgerEvent, { type: 'gate.decided' }>;

const decisionsOf = (events: readonly LedgerEvent[], { gate, version }: Omit<GateSubject, 'digest'>) =>
  events.filter(
    (event): event is Decided =>
      event.type === 'gate.decided' && event.data.gate === gate && event.data.version === version,
  );

/** What a deploy or a rollback writes while it changes the environment. */
const OF_A_RUN: readonly EventType[] = [
  'run.planned',
  'step.intent',
  'step.done',
  'run.finished',
  'run.abandoned',
];

/** What was recorded since a run last changed the environment. */
export const sinceLastRun = (events: readonly LedgerEvent[]): readonly LedgerEvent[] =>
  events.slice(events.findLastIndex(({ type }) => OF_A_RUN.includes(type)) + 1);

/**
 * The newest answer of every check on exactly this commit and configuration, whether its whole gate was asked or a part.
 * What was answered before the last run is about an environment that is not there any more. Events that were written
 * before findings were recorded say nothing here.
 */
export function foldFindings(
  events: readonly LedgerEvent[],
  subject: GateSubject,
): ReadonlyMap<string, RecordedFinding> {
  const recent = decisionsOf(sinceLastRun(events), subject);
  const same = recent.filter((event) => event.data.digest === subject.digest);
  const answers = same.flatMap((event) => event.data.findings ?? []).filter((one) => one.noRecord !== true);
  return new Map(answers.map((one) => [one.check, one]));
}

/**
 * Waivers that were given until a date, for findings of this version, each bound to its finding's digest. Whoever asks
 * the gate again decides whether their time has passed.
 */
export const findStandingWaivers = (
  events: readonly LedgerEvent[],
  subject: Omit<GateSubject, 'digest'>,
): readonly Waiver[] =>
  decisionsOf(events, subject)
    .flatMap((event) => event.data.findings ?? [])
    .flatMap(({ waived }) => (waived?.until !== undefined && waived.digest !== undefined ? [waived] : []))
    .reverse();
