import { sayDuration, seconds } from '../../domain/duration.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { defineStep, type Placement, ReleaseError } from '../../kit.ts';
import { withinPatience } from '../within-patience.ts';
import { type AnnounceInput, findSent, type Sent, sendAnnouncement } from './send-announcement.ts';

type Done = { sent: Sent[]; missed: { channel: string; said: string }[]; at: string };

const tooSlow = (ms: number): ReleaseError =>
  new ReleaseError('E_SLACK_UNREACHABLE', {
    what: `Slack has not answered for ${sayDuration(ms)}; nobody waits for it any longer.`,
    why: 'A message is worth less than the time of users who are kept out. It may still arrive.',
    next: 'Look in the channel, and tell people yourself.',
    // Not in doubt, or the run would ask Slack, which hangs, what became of it: a message is never tried again anyway.
    state: 'partly-done',
  });

/**
 * Tells people, once per channel (COM rows). After a crash a bot channel is asked for the message's marker and is
 * written to only when it has none. A webhook cannot be asked: there the message is repeated and says so, because
 * two announcements harm less than none (reliability 4.4). One channel's failure never keeps the others from hearing.
 */
export const announcement = defineStep<'slack', AnnounceInput, Done>({
  id: 'slack.announce',
  def: 1,
  needs: ['slack'],
  effect: 'probeable',
  settleMs: seconds(30),
  timeoutMs: seconds(60),
  stop: 'safe',
  title: ({ template, channels }) =>
    `Announce ${template} in ${channels.map((name) => `#${name.replace(/^#/, '')}`).join(', ')}`,
  run: async ({ slack }, input, context) => {
    const send = async () => {
      const earlier = context.attempt > 1 ? await findSent(slack, input, context) : [];
      return sendAnnouncement(slack, input, context, earlier);
    };
    const sent = await withinPatience(input.patienceMs, context, send(), tooSlow);
    return { ...sent, at: context.clock.now().toISOString() };
  },
  inspect: async ({ slack }, input, context) => {
    const sent = await withinPatience(input.patienceMs, context, findSent(slack, input, context), tooSlow);
    if (sent.length < input.channels.length) return { state: 'absent' };
    return { state: 'done', done: { sent, missed: [], at: context.intentAt } };
  },
  undo: { kind: 'irreversible', because: 'people have read it', instead: 'tell them what changed' },
});

/** Puts an announcement into a plan. It can never fail a run: a release without its message is still a release. */
export function announce(
  template: string,
  order: Omit<AnnounceInput, 'template'> & Pick<Placement, 'name' | 'beside'>,
): PlannedStep {
  const { name, beside, ...input } = order;
  return announcement.with(
    { template, ...input },
    {
      onFailure: 'warn',
      usualMs: seconds(2),
      name: name ?? `announce.${template}`,
      ...(beside ? { beside } : {}),
    },
  );
}
