import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import { type KeptMessage, listKept } from '../../ledger/fold-messages.ts';
import { sayPreview } from '../../report/messages/preview-text.ts';
import { renderMessage } from '../../report/messages/render-announcement.ts';
import { showCard } from '../card/show-card.ts';
import type { CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { type Delivered, deliver } from './deliver.ts';
import { isOvertaken, writeLate } from './write-late.ts';

/** Which kept messages are meant. */
export interface ResendOrder {
  readonly template: TemplateName | undefined;
  readonly version: string | undefined;
}

const inputOf = ({ entry }: KeptMessage): JsonObject => (entry.input ?? {}) as JsonObject;

/** The run whose messages are sent again: the newest that may have some, or that of the version. */
const findRun = (runs: readonly RunState[], version: string | undefined): RunState | undefined =>
  runs.findLast(
    ({ plan }) => plan.command !== 'smoke' && (version === undefined || plan.version === version),
  );

/** What is kept of that run and still to be sent, oldest first. */
export function findKept(
  { template, version }: ResendOrder,
  events: readonly LedgerEvent[],
): readonly KeptMessage[] {
  const run = findRun(foldRuns(events), version);
  if (run === undefined) return [];
  const due = listKept(events, run).filter((kept) => !isOvertaken(kept));
  return due.filter((kept) => template === undefined || kept.template === template);
}

function threadIn(channel: string, kept: KeptMessage, run: RunState): string | undefined {
  const { thread } = inputOf(kept);
  const sent = typeof thread === 'string' ? run.facts[thread]?.sent : undefined;
  const opening = Array.isArray(sent) ? (sent as readonly JsonObject[]) : [];
  const ts = opening.find((one) => one.channel === channel)?.ts;
  return typeof ts === 'string' ? ts : undefined;
}

const write =
  (
    kept: KeptMessage,
    events: readonly LedgerEvent[],
    context: CliContext,
    wired: Wired,
    onDuty?: Moment['onDuty'],
  ) =>
  (channel: string, repeated: boolean) => {
    const canThread = wired.services.slack.transport(channel) === 'bot';
    const notes = (inputOf(kept).notes ?? {}) as JsonObject;
    const how = { canThread, channel, repeated: repeated && kept.inDoubt };
    const { template, moment } = writeLate(kept, notes, events, how, wired);
    return renderMessage(
      template,
      { ...moment, ...(onDuty ? { onDuty } : {}) },
      {
        ...{ runbook: wired.runbook, root: wired.root, redact: context.redact },
      },
    ).slack;
  };

/** One after the other: a reply goes into the thread that the message before it has just opened. */
async function sendOne(kept: KeptMessage, context: CliContext, wired: Wired): Promise<Delivered> {
  const events = await wired.ledger.read(wired.scope);
  const run = foldRuns(events).find((one) => one.run === kept.run.run) ?? kept.run;
  const order = {
    ...{ run: run.run, step: kept.entry.name, template: kept.template, version: run.plan.version },
    ...{ channels: kept.missing, since: kept.at },
    threadIn: (channel: string) => threadIn(channel, kept, run),
    write: write(kept, events, context, wired, await wired.onDuty?.()),
  };
  return deliver(order, context, wired);
}

const places = (channels: readonly string[]): string => channels.map((one) => `#${one}`).join(', ');

/** The heads of threads that people have already: while Slack was away nobody could rewrite them. */
async function bringUpToDate(
  { version }: ResendOrder,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<readonly string[]> {
  const run = findRun(foldRuns(events), version);
  return run === undefined ? [] : showCard(run.run, wired);
}

const nothing = (env: string, warnings: readonly string[]): CommandResult => ({
  exitCode: EXIT.ok,
  result: { sent: [], missed: [], kept: [] },
  text: 'Nothing is kept: every message of the last run has reached its channels.',
  ...{ next: [`release notify --list --env ${env}`], warnings, env },
});

const asJson = (kept: KeptMessage): JsonObject => ({
  ...{ template: kept.template, run: kept.run.run, step: kept.entry.name, writtenAt: kept.at },
  ...{ missing: [...kept.missing], said: kept.said },
});

/** Shows what is kept: who sends it again has read it. */
async function show(
  kept: readonly KeptMessage[],
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<string> {
  const onDuty = await wired.onDuty?.();
  return kept
    .map((one) => {
      const { text } = write(one, events, context, wired, onDuty)(one.missing[0] ?? '', false);
      return sayPreview({ to: places(one.missing), lines: text.split('\n') }, context.terminal);
    })
    .join('\n\n');
}

/** `--resend`: what a run could not send, once to each channel that does not have it. Asks before. */
export async function resend(
  order: ResendOrder,
  isPreview: boolean,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const events = await wired.ledger.read(wired.scope);
  const kept = findKept(order, events);
  const [first] = kept;
  if (first === undefined)
    return nothing(wired.env, isPreview ? [] : await bringUpToDate(order, events, wired));
  const about = { version: first.run.plan.version, env: wired.env, sandbox: wired.runbook.sandbox };
  const shown = await show(kept, events, context, wired);
  const result = { kept: kept.map(asJson), sent: [], missed: [] };
  if (isPreview) return { exitCode: EXIT.ok, result, text: shown, next: [], warnings: [], ...about };
  if (!context.flags.json) context.out.note(shown);
  await confirmLight(context, `Send ${kept.length === 1 ? 'it' : `these ${kept.length}`} again?`);
  const old = await bringUpToDate(order, events, wired);
  const ends: Delivered[] = [];
  for (const one of kept) ends.push(await sendOne(one, context, wired));
  const missed = ends.flatMap((one) => one.missed);
  const lines = kept.map((one, i) => {
    const sent = ends[i]?.sent.map(({ channel }) => channel) ?? [];
    return sent.length > 0
      ? `✔ ${one.template} was sent to ${places(sent)}`
      : `✖ ${one.template} was not sent`;
  });
  return {
    exitCode: missed.length > 0 ? EXIT.broke : EXIT.ok,
    result: { ...result, sent: ends.flatMap((one) => one.sent.map((to): JsonObject => ({ ...to }))), missed },
    text: lines.join('\n'),
    next: missed.length > 0 ? [`release notify --resend --env ${wired.env}`] : [],
    warnings: [...old, ...ends.flatMap((one) => one.warnings)],
    ...about,
  };
}
