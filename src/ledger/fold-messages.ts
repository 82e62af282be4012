import type { JsonObject } from '../domain/json.ts';
import type { PlannedStep } from '../domain/plan.ts';
import type { LedgerEvent } from './event.ts';
import { foldRun, foldRuns, type RunState } from './fold.ts';

/** A message of a run that not every channel has, as the ledger keeps it: from this it is made again, word for word. */
export interface KeptMessage {
  readonly run: RunState;
  readonly entry: PlannedStep;
  readonly template: string;
  /** When it was written (ISO). */
  readonly at: string;
  /** What was known then. */
  readonly facts: Readonly<Record<string, JsonObject>>;
  readonly missing: readonly string[];
  /** Why, as the run was told. */
  readonly said: string;
  /** True where nobody knows whether it arrived. */
  readonly inDoubt: boolean;
}

/** A message that people have. */
export interface ToldMessage {
  readonly template: string;
  readonly version: string;
  readonly at: string;
  readonly channels: readonly string[];
  readonly by: string;
}

type Of<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;

const inputOf = (entry: PlannedStep): JsonObject => (entry.input ?? {}) as JsonObject;

const messagesOf = ({ plan }: RunState): readonly PlannedStep[] =>
  plan.entries.filter(
    (entry): entry is PlannedStep => entry.kind === 'step' && entry.step === 'slack.announce',
  );

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((one: JsonObject) => String(one.channel)) : [];

/** The channels of a message that have it, whether by the run or sent again. */
const reachedOf = ({ facts }: RunState, { name }: PlannedStep): readonly string[] =>
  namesIn(facts[name]?.sent);

/** Slack said no: it is certain that nobody has the message. */
const SURE: readonly string[] = ['E_SLACK_REFUSED', 'E_SLACK_KEY', 'E_SLACK_CHANNEL'];

function findFailure(run: RunState, { name }: PlannedStep): { said: string; inDoubt: boolean } | undefined {
  const state = run.entries[name];
  if (state?.state === 'warned' || state?.state === 'failed')
    return { said: state.said, inDoubt: !SURE.includes(state.code) };
  const missed = run.facts[name]?.missed;
  const [first] = Array.isArray(missed) ? (missed as readonly JsonObject[]) : [];
  return first && { said: String(first.said), inDoubt: true };
}

function keep(events: readonly LedgerEvent[], run: RunState, entry: PlannedStep): KeptMessage | undefined {
  const failure = findFailure(run, entry);
  if (failure === undefined) return undefined;
  const { template, channels } = inputOf(entry);
  const reached = reachedOf(run, entry);
  const all = Array.isArray(channels) ? channels.map(String) : [];
  const missing = all.filter((channel) => !reached.includes(channel));
  const isIntent = (one: LedgerEvent): boolean =>
    one.run === run.run && one.step === entry.name && one.type === 'step.intent';
  const begun = events.findIndex(isIntent);
  const intent = events[begun];
  if (missing.length === 0 || intent === undefined) return undefined;
  const facts = foldRun(events.slice(0, begun), run.run)?.facts ?? {};
  return { run, entry, template: String(template), at: intent.at, facts, missing, ...failure };
}

/** Messages that a run could not send, oldest first. */
export const listKept = (events: readonly LedgerEvent[], run: RunState): readonly KeptMessage[] =>
  messagesOf(run).flatMap((entry) => keep(events, run, entry) ?? []);

function toldByRun(run: RunState): readonly ToldMessage[] {
  return messagesOf(run).flatMap((entry) => {
    const state = run.entries[entry.name];
    if (state?.state !== 'done') return [];
    const channels = namesIn(state.done.sent);
    const { template } = inputOf(entry);
    const { version, command } = run.plan;
    return channels.length === 0
      ? []
      : [{ template: String(template), version, at: state.at, channels, by: command }];
  });
}

function toldBeside(event: LedgerEvent): readonly ToldMessage[] {
  const { at } = event;
  if (event.type === 'watch.told') return [{ ...event.data, at, by: 'watch' }];
  if (event.type === 'drift.alerted')
    return [{ template: 'drift-alert', version: '', at, channels: event.data.channels, by: 'drift' }];
  if (event.type !== 'message.sent' || event.data.sent.length === 0) return [];
  const { template, version, sent, by } = event.data;
  return [{ template, version, at, channels: sent.map(({ channel }) => channel), by }];
}

/** Every message that people have, oldest first, whoever sent it. */
export function listTold(events: readonly LedgerEvent[]): readonly ToldMessage[] {
  const told = [...foldRuns(events).flatMap(toldByRun), ...events.flatMap(toldBeside)];
  return told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Who sends this message to these channels, last; undefined: nobody has begun to. */
export function findSending(
  events: readonly LedgerEvent[],
  run: string,
  step: string,
): { readonly count: number; readonly last: Of<'message.sending'> | undefined; readonly isOver: boolean } {
  const own = events.filter((one) => one.run === run && one.step === step);
  const begun = own.filter((one): one is Of<'message.sending'> => one.type === 'message.sending');
  const last = begun.at(-1);
  const isOver = last === undefined || own.some((one) => one.type === 'message.sent' && one.seq > last.seq);
  return { count: begun.length, last, isOver };
}
