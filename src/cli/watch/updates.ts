import { minutes, sayDuration } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { findChannels } from '../../domain/template-names.ts';
import { isWorse } from '../../domain/watch/rule.ts';
import { figuresOf, measurementsOf } from './figures.ts';
import type { Live } from './live.ts';

const TEMPLATE = 'release-progress';

/** The message that opened the thread of this release, by channel. */
function threadIn(channel: string, { watched }: Live): string | undefined {
  const sent = (watched.facts.announce?.sent ?? []) as readonly { channel: string; ts?: string }[];
  return sent.find((one) => one.channel === channel)?.ts;
}

async function postTo(channel: string, nth: number, live: Live): Promise<void> {
  const { watched, wired, run, now } = live;
  if (watched.plan === undefined) return;
  const { slack } = wired.services;
  const step = `watch.update.${nth}`;
  const moment: Moment = {
    ...{ run: watched.run ?? run, env: wired.env, plan: watched.plan, step, repeated: false, notes: {} },
    facts: { ...watched.facts, measurements: measurementsOf(figuresOf(live.watch)) },
    now: new Date(now()).toISOString(),
    canThread: slack.transport(channel) === 'bot',
  };
  const message = await wired.render(TEMPLATE, moment as unknown as JsonObject);
  await slack.post(channel, message, { run, step }, threadIn(channel, live));
}

async function post(nth: number, live: Live): Promise<void> {
  const { wired, recorder, run, watched, context } = live;
  const channels = findChannels(wired.runbook.services.slack?.routes ?? {}, TEMPLATE);
  const ended = await Promise.allSettled(channels.map((channel) => postTo(channel, nth, live)));
  const told = channels.filter((_, i) => ended[i]?.status === 'fulfilled');
  for (const one of ended)
    if (one.status === 'rejected' && isReleaseError(one.reason))
      context.out.note(`  an update was not posted: ${one.reason.text.what}`);
  if (told.length === 0) return;
  const data = { template: TEMPLATE, version: watched.version, channels: told };
  recorder.event({ id: `${run}:told:${nth}`, run, type: 'watch.told', data });
  context.out.note(
    `  ✔ an update was posted in ${told.map((one) => `#${one.replace(/^#/, '')}`).join(', ')}`,
  );
}

/** How often people are told: more often while something calls for a rollback (COM-01g, COM-09f). */
function paceOf({ watch, wired }: Live): number {
  const { progressEveryMinutes, incidentEveryMinutes } = wired.runbook.monitoring;
  return minutes(isWorse(watch.level(), 'hold') ? incidentEveryMinutes : progressEveryMinutes);
}

/** The updates of a watch. */
export interface Updates {
  /** ms since 1970; undefined: nobody is told. */
  dueAt(): number | undefined;
  beat(at: number): void;
  /** Posts the next one at once; the one after it is due a whole pace later. */
  sendNow(): void;
  /** Waits for what is still being posted. */
  done(): Promise<void>;
}

/**
 * The updates that people were promised (E-103). One that is overdue, because nobody watched, is said and posted at
 * once. Posting never keeps the watch waiting.
 */
export function makeUpdates(live: Live, lastAt: number): Updates {
  const { wired, context, watched } = live;
  let last = lastAt;
  let nth = 0;
  let open: Promise<void> = Promise.resolve();
  const isOn = wired.configured.has('slack') && watched.plan !== undefined;
  const send = (at: number): void => {
    last = at;
    nth += 1;
    const mine = nth;
    open = open.then(() => post(mine, live)).catch(() => undefined);
  };
  return {
    dueAt: () => (isOn ? last + paceOf(live) : undefined),
    beat: (at) => {
      const due = last + paceOf(live);
      if (!isOn || at < due) return;
      if (at - due > minutes(1))
        context.out.note(`  an update was overdue by ${sayDuration(at - due)}; it is posted now`);
      send(at);
    },
    sendNow: () => {
      if (isOn) send(live.now());
      else context.out.note('  nobody is told: no Slack, or no run of this release in the ledger');
    },
    done: () => open,
  };
}
