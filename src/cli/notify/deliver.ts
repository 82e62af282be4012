import { minutes } from '../../domain/duration.ts';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { findSending } from '../../ledger/fold-messages.ts';
import type { SentTo } from '../../ledger/message-event.ts';
import { sayClock } from '../../report/messages/times.ts';
import type { SlackMessage } from '../../services/slack/port.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** Whoever began to send it earlier than that is not at it any more. */
const SENDING_MS = minutes(2);

/** One message and where it goes. */
export interface Delivery {
  readonly run: string;
  /** Tells this message of the run from its others; found again by it after a crash. */
  readonly step: string;
  readonly template: string;
  readonly version: string;
  readonly channels: readonly string[];
  /** Since when it may stand there already (ISO); undefined: nobody has tried before. */
  readonly since?: string;
  readonly set?: JsonObject;
  readonly threadIn: (channel: string) => string | undefined;
  readonly write: (channel: string, repeated: boolean) => SlackMessage;
}

/** What came of it. */
export interface Delivered {
  readonly sent: readonly SentTo[];
  readonly missed: readonly string[];
  readonly warnings: readonly string[];
}

const busy = (by: string, at: string): ReleaseError =>
  new ReleaseError('E_MESSAGE_BUSY', {
    what: `${by} is sending this message since ${at}.`,
    next: 'Look in the channel in two minutes; release notify --list shows what was sent.',
    state: 'untouched',
  });

interface Claimed {
  readonly number: number;
  /** When somebody began to send it who never told how that ended. */
  readonly doubtSince: string | undefined;
}

/** Makes the message ours: of all who want to send it, one gets it, for the ledger keeps the first entry of an id. */
async function claim(order: Delivery, context: CliContext, wired: Wired): Promise<Claimed> {
  const { run, step, template, version, channels } = order;
  const { ledger, scope, clock, runbook } = wired;
  const { count, last, isOver } = findSending(await ledger.read(scope), run, step);
  const isFresh = last !== undefined && clock.now().getTime() < Date.parse(last.at) + SENDING_MS;
  if (!isOver && isFresh) throw busy(last.actor, sayClock(last.at, runbook.timezone));
  const mine = makeRunId(clock, context.random);
  const data = { template, version, channels, claim: mine };
  const id = `${run}:sending:${step}:${count + 1}`;
  const first = await ledger.note(scope, { id, run, step, type: 'message.sending', data });
  if (first.type === 'message.sending' && first.data.claim !== mine)
    throw busy(first.actor, sayClock(first.at, runbook.timezone));
  return { number: count + 1, doubtSince: isOver ? undefined : last?.at };
}

/** Posts it, unless it stands there already from a time that nobody knows the end of. */
async function postTo(
  channel: string,
  order: Delivery,
  since: string | undefined,
  wired: Wired,
): Promise<SentTo> {
  const { slack } = wired.services;
  const { run, step } = order;
  const thread = order.threadIn(channel);
  const found = since === undefined ? undefined : await slack.find(channel, { run, step }, since, thread);
  if (found !== undefined) return found;
  const isRepeated = since !== undefined && slack.transport(channel) === 'webhook';
  return slack.post(channel, order.write(channel, isRepeated), { run, step }, thread);
}

/**
 * Sends a message once to each channel, and records where it went. A channel that was not reached is in `missed`. Throws
 * E_MESSAGE_BUSY while somebody else sends it.
 */
export async function deliver(order: Delivery, context: CliContext, wired: Wired): Promise<Delivered> {
  const { number, doubtSince } = await claim(order, context, wired);
  const since = order.since ?? doubtSince;
  const ends = await Promise.all(
    order.channels.map(async (channel) => {
      try {
        return { channel, sent: await postTo(channel, order, since, wired) };
      } catch (error) {
        if (!isReleaseError(error)) throw error;
        return { channel, warning: error.text.what };
      }
    }),
  );
  const sent = ends.flatMap((one) => one.sent ?? []);
  const missed = ends.flatMap((one) => (one.sent === undefined ? [one.channel] : []));
  const { run, step, template, version, set } = order;
  const data = { template, version, sent, missed, by: await context.readActor(), ...(set && { set }) };
  const id = `${run}:sent:${step}:${number}`;
  await wired.ledger.note(wired.scope, { id, run, step, type: 'message.sent', data });
  return { sent, missed, warnings: ends.flatMap(({ warning }) => warning ?? []) };
}
