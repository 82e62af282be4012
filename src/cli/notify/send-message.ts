import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { sayPreview, sayVariables } from '../../report/messages/preview-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { deliver } from './deliver.ts';
import { type Draft, needsOf } from './draft.ts';
import { mayRepeat } from './may-repeat.ts';
import { readChannels } from './read-to.ts';

/** A message to the team, and what was typed. */
export interface MessageOrder {
  readonly draft: Draft;
  readonly set: JsonObject;
  readonly options: CommandOptions;
  readonly isPreview: boolean;
  readonly events: readonly LedgerEvent[];
}

const IN_THREAD: readonly string[] = ['release-progress', 'rollback-progress', 'handoff-ready'];

/** Where the message of this run that opened the thread stands in a channel. */
function threadIn({ template, moment }: Draft, channel: string): string | undefined {
  const sent = IN_THREAD.includes(template) ? moment.facts.announce?.sent : undefined;
  const opening = Array.isArray(sent) ? (sent as readonly JsonObject[]) : [];
  const ts = opening.find((one) => one.channel === channel)?.ts;
  return typeof ts === 'string' ? ts : undefined;
}

function sayPlace(channel: string, draft: Draft, { services }: Wired): string {
  if (services.slack.transport(channel) === 'webhook') return `#${channel} (webhook: no thread)`;
  return `#${channel} (${threadIn(draft, channel) === undefined ? 'a message of its own' : 'in the thread'})`;
}

/** Throws E_INPUT_OFF (2) for what a person must give, with the flags that give it. */
export function refuseIncomplete(draft: Draft): void {
  const needs = needsOf(draft);
  if (needs.length === 0) return;
  throw new ReleaseError('E_ARGUMENTS', {
    what: `${draft.template} cannot be sent without ${needs.join(', ')}.`,
    why: 'Nobody can compute it.',
    next: `Add ${needs.map((name) => `--set ${name}="…"`).join(' ')}`,
    state: 'untouched',
  });
}

/** By-hand messages of a template are counted: the next one is another one. */
function nextStep({ template, moment }: Draft, events: readonly LedgerEvent[]): string {
  const own = events.filter(
    ({ type, run, step }) =>
      type === 'message.sent' && run === moment.run && step?.startsWith(`notify.${template}.`),
  );
  return `notify.${template}.${own.length + 1}`;
}

const variablesOf = ({ variables }: Draft) => ({
  variables: variables.map(({ name, source, value }) => ({ name, source, value: value ?? null })),
  missing: variables.filter(({ value }) => value === undefined).map(({ name }) => name),
});

/** The result of `release notify`, without where it was sent. */
export function describeDraft(draft: Draft, canThread: boolean): JsonObject {
  const { slack, text, markdown, html } = draft.render(canThread);
  return {
    template: draft.template,
    renderings: { text, markdown, html, slack: { text: slack.text, blocks: [...slack.blocks] } },
    ...variablesOf(draft),
  };
}

function show(order: MessageOrder, channels: readonly string[], context: CliContext, wired: Wired): string {
  const { draft } = order;
  const canThread = channels.some((one) => wired.services.slack.transport(one) === 'bot');
  const { text, slack } = draft.render(canThread);
  const to = channels.map((one) => sayPlace(one, draft, wired)).join('   ');
  const framed = sayPreview({ to, lines: text.split('\n'), blocks: slack.blocks }, context.terminal);
  return [framed, ...sayVariables(draft.variables, draft.template)].join('\n');
}

/** Once to each channel. */
function send(order: MessageOrder, channels: readonly string[], context: CliContext, wired: Wired) {
  const { draft, set, events } = order;
  const { template, moment } = draft;
  const isBot = (channel: string): boolean => wired.services.slack.transport(channel) === 'bot';
  const about = { run: moment.run, step: nextStep(draft, events), template, version: moment.plan.version };
  return deliver(
    {
      ...{ ...about, channels, set },
      threadIn: (channel) => threadIn(draft, channel),
      write: (channel, repeated) => draft.render(isBot(channel), repeated).slack,
    },
    context,
    wired,
  );
}

/** What to type for those that were not reached. */
const nextOf = (template: string, missed: readonly string[], env: string): readonly string[] =>
  missed.length === 0
    ? []
    : [`release notify ${template} ${missed.map((one) => `--to ${one}`).join(' ')} --env ${env}`];

/** Shows the message, asks, and sends it once to each channel. A channel that is not reached ends it with 1. */
export async function sendMessage(
  order: MessageOrder,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { draft, options, isPreview, events } = order;
  const { template, moment } = draft;
  const { version } = moment.plan;
  const channels = readChannels(template, options, wired.runbook);
  const about = { version, env: wired.env, run: moment.run, sandbox: wired.runbook.sandbox };
  const canThread = channels.some((one) => wired.services.slack.transport(one) === 'bot');
  const result = { ...describeDraft(draft, canThread), to: [...channels], sent: [] as JsonObject[] };
  const shown = show(order, channels, context, wired);
  if (isPreview) return { exitCode: EXIT.ok, result, text: shown, next: [], warnings: [], ...about };
  refuseIncomplete(draft);
  await mayRepeat({ template, version, channels }, events, options, context, wired);
  if (!context.flags.json && !context.flags.yes) context.out.note(shown);
  await confirmLight(context, `Send to ${channels.map((one) => `#${one}`).join(', ')}?`);
  const { sent, missed, warnings } = await send(order, channels, context, wired);
  const went = sent.map(({ channel }) => `#${channel}`).join(', ');
  return {
    exitCode: missed.length > 0 ? EXIT.broke : EXIT.ok,
    result: { ...result, sent: sent.map((one): JsonObject => ({ ...one })), missed },
    text: went === '' ? `✖ ${template} was not sent` : `✔ ${template} was sent to ${went}`,
    next: nextOf(template, missed, wired.env),
    warnings,
    ...about,
  };
}
