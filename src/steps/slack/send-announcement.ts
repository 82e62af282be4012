import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { StepContext } from '../../kit.ts';
import type { SlackPort } from '../../services/slack/port.ts';
import { carriedFacts } from './carried-facts.ts';

export type AnnounceInput = {
  template: string;
  channels: string[];
  /** Name of the entry whose message opened the thread; channels it did not reach get a message of their own. */
  thread?: string;
  /** So long the run waits for Slack, in ms; left out: as long as a post may take. */
  patienceMs?: number;
  /** Template variables that no run can compute. */
  notes?: JsonObject;
};
export type Sent = { channel: string; transport: 'bot' | 'webhook'; ts?: string; channelId?: string };

const markerOf = ({ run, step }: StepContext) => ({ run, step });

/** The message to answer in this channel; undefined when the opening entry did not reach it. */
function threadIn(channel: string, input: AnnounceInput, context: StepContext): string | undefined {
  const opening = input.thread === undefined ? undefined : context.facts[input.thread];
  const sent = (opening?.sent ?? []) as readonly Sent[];
  return sent.find((one) => one.channel === channel)?.ts;
}

/** The channels in which the message stands already. A webhook channel is never among them. */
export async function findSent(
  slack: SlackPort,
  input: AnnounceInput,
  context: StepContext,
): Promise<Sent[]> {
  const asked = input.channels.filter((channel) => slack.transport(channel) === 'bot');
  const marker = markerOf(context);
  const found = await Promise.all(
    asked.map((channel) => slack.find(channel, marker, context.intentAt, threadIn(channel, input, context))),
  );
  return found.filter((one) => one !== undefined);
}

function momentOf(
  input: AnnounceInput,
  context: StepContext,
  channel: string,
  transport: 'bot' | 'webhook' | undefined,
): Moment {
  const { run, plan, facts, step, clock, attempt } = context;
  return {
    run,
    env: plan.env,
    plan,
    facts,
    step,
    now: clock.now().toISOString(),
    channel,
    canThread: transport === 'bot',
    repeated: transport === 'webhook' && attempt > 1,
    notes: input.notes ?? {},
  };
}

/**
 * Sends to every channel that does not have the message yet, all at once, so that a slow channel cannot use up the
 * time for which the right to act was checked. Throws when not one channel has it.
 */
export async function sendAnnouncement(
  slack: SlackPort,
  input: AnnounceInput,
  context: StepContext,
  earlier: readonly Sent[],
): Promise<{ sent: Sent[]; missed: { channel: string; said: string }[] }> {
  const open = input.channels.filter((channel) => !earlier.some((one) => one.channel === channel));
  const orders = await Promise.all(
    open.map(async (channel) => {
      const moment = momentOf(input, context, channel, slack.transport(channel));
      const message = await context.render(input.template, moment as unknown as JsonObject);
      return { channel, message, thread: threadIn(channel, input, context) };
    }),
  );
  context.guard();
  const failures: { channel: string; error: ReleaseError }[] = [];
  const posted = await Promise.all(
    orders.map(({ channel, message, thread }) =>
      slack
        .post(channel, message, markerOf(context), thread, carriedFacts(context))
        .catch((error: unknown) => {
          if (!(error instanceof ReleaseError)) throw error;
          failures.push({ channel, error });
          return undefined;
        }),
    ),
  );
  const sent = [...earlier, ...posted.filter((one) => one !== undefined)];
  const [first] = failures;
  const thrown = sent.length === 0 ? first : undefined;
  for (const { error } of failures.filter((one) => one !== thrown))
    context.tell(`${error.text.what} The run goes on.`);
  if (thrown !== undefined) throw thrown.error;
  return { sent, missed: failures.map(({ channel, error }) => ({ channel, said: error.text.what })) };
}
