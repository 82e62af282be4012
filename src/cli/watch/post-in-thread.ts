import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { Plan } from '../../domain/plan.ts';
import { findChannels, type TemplateName } from '../../domain/template-names.ts';
import { stateOf } from '../../domain/watch/state-of.ts';
import { figuresOf, measurementsOf } from './figures.ts';
import type { Live } from './live.ts';

/** A message of a watch. */
export interface WatchMessage {
  readonly template: TemplateName;
  /** Tells this message of the run from its others. */
  readonly step: string;
  /** Where it was posted before, as far as that is known; webhook channels hear it again, with a word that says so. */
  readonly isRepeated: boolean;
  /** True: channels that can be asked are asked first, whoever has posted it. */
  readonly asksFirst?: boolean;
  /** What only this message says, beside how the watch stands. */
  readonly watching: JsonObject;
  readonly notes: JsonObject;
}

/** The message that opened the thread of this release, by channel. */
function threadIn(channel: string, { watched }: Live): string | undefined {
  const sent = (watched.facts.announce?.sent ?? []) as readonly { channel: string; ts?: string }[];
  return sent.find((one) => one.channel === channel)?.ts;
}

function momentOf(message: WatchMessage, plan: Plan, channel: string, live: Live): Moment {
  const { watched, wired, run, now, watch, doubt } = live;
  const { step, notes, isRepeated, watching } = message;
  const isBot = wired.services.slack.transport(channel) === 'bot';
  const facts = {
    ...watched.facts,
    measurements: measurementsOf(figuresOf(watch)),
    watching: { state: { ...stateOf(watch, doubt) }, ...watching },
  };
  return {
    ...{ run: watched.run ?? run, env: wired.env, plan, facts, step, notes },
    ...{ now: new Date(now()).toISOString(), canThread: isBot, repeated: isRepeated && !isBot },
  };
}

async function postTo(channel: string, message: WatchMessage, plan: Plan, live: Live): Promise<void> {
  const { wired, watched, run } = live;
  const { slack } = wired.services;
  const marker = { run: watched.run ?? run, step: message.step };
  const thread = threadIn(channel, live);
  const since = new Date(watched.start).toISOString();
  const isAsked = message.isRepeated || message.asksFirst === true;
  if (isAsked && (await slack.find(channel, marker, since, thread)) !== undefined) return;
  const moment = momentOf(message, plan, channel, live);
  const rendered = await wired.render(message.template, moment as unknown as JsonObject);
  await slack.post(channel, rendered, marker, thread);
}

/** Which channels have a message, and why the others have not. */
export interface Posted {
  readonly told: readonly string[];
  readonly errors: readonly unknown[];
}

/** Posts it in the thread of the release where there is one, in every channel of its template. Never rejects. */
export async function postInThread(message: WatchMessage, live: Live): Promise<Posted> {
  const { plan } = live.watched;
  if (plan === undefined) return { told: [], errors: [] };
  const channels = findChannels(live.wired.runbook.services.slack?.routes ?? {}, message.template);
  const ended = await Promise.allSettled(channels.map((channel) => postTo(channel, message, plan, live)));
  return {
    told: channels.filter((_, i) => ended[i]?.status === 'fulfilled'),
    errors: ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
}
