import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import type { SlackMessage, SlackPort } from '../../src/services/slack/port.ts';

export interface SlackWorld {
  readonly slack: SlackPort;
  /** What stands in Slack now. */
  seen(): readonly {
    readonly channel: string;
    readonly text: string;
    readonly thread?: string | undefined;
  }[];
  /** The next message arrives, and its answer does not. */
  loseNextAnswer(channel: string): void;
  close(): Promise<void>;
}

const say = (text: string): SlackMessage => ({
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
});
const marker = (step: string) => ({ run: 'r-contract', step });
const SINCE = '2025-10-01T14:00:00.000Z';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What every Slack port must do; channels: releases and incidents by bot, engineering by webhook. */
export function describeSlackPort(name: string, open: () => Promise<SlackWorld>): void {
  describe(name, () => {
    let world: SlackWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    it('knows how each channel is reached', () => {
      const ways = ['releases', 'engineering', 'nowhere'].map((one) => world.slack.transport(one));
      expect(ways).toEqual(['bot', 'webhook', undefined]);
    });

    it('says what the token may do', async () => {
      expect(await world.slack.scopes()).toEqual(expect.arrayContaining(['chat:write', 'channels:history']));
    });

    it('posts by bot and says where the message stands', async () => {
      const sent = await world.slack.post('releases', say('one'), marker('one'));
      expect(sent).toMatchObject({ channel: 'releases', transport: 'bot' });
      expect(sent.ts).toMatch(/^\d+\.\d{6}$/);
      expect(world.seen().at(-1)).toMatchObject({ channel: 'releases', text: 'one' });
    });

    it('E-95: posts by webhook and claims no ts, because Slack gives none', async () => {
      const sent = await world.slack.post('engineering', say('flat'), marker('flat'), '1.000000');
      expect(sent).toEqual({ channel: 'engineering', transport: 'webhook' });
      expect(world.seen().at(-1)).toMatchObject({ channel: 'engineering', text: 'flat' });
      expect(world.seen().at(-1)?.thread).toBeUndefined();
    });

    it('COM-02a: answers a message in its thread', async () => {
      const parent = await world.slack.post('releases', say('parent'), marker('parent'));
      await world.slack.post('releases', say('reply'), marker('reply'), parent.ts);
      expect(world.seen().at(-1)).toMatchObject({ text: 'reply', thread: parent.ts });
    });

    it('finds a message by its marker, in the channel and in a thread, and no other', async () => {
      const parent = await world.slack.post('incidents', say('p'), marker('find-parent'));
      const reply = await world.slack.post('incidents', say('r'), marker('find-reply'), parent.ts);
      const { slack } = world;
      expect((await slack.find('incidents', marker('find-parent'), SINCE))?.ts).toBe(parent.ts);
      expect((await slack.find('incidents', marker('find-reply'), SINCE, parent.ts))?.ts).toBe(reply.ts);
      expect(await slack.find('incidents', marker('never'), SINCE)).toBeUndefined();
      expect(await slack.find('releases', marker('find-parent'), SINCE)).toBeUndefined();
      expect(await slack.find('engineering', marker('flat'), SINCE)).toBeUndefined();
    });

    it('F76: gives back what its messages carry, newest first, in the channel and in a thread', async () => {
      const { slack } = world;
      const first = { version: 'v2.1.0', from: 'v2.0.3' };
      const parent = await slack.post('incidents', say('p'), marker('carry-1'), undefined, first);
      const second = { ...first, restore_point: '0/10 2025-10-01T14:00:00.000Z 757' };
      await slack.post('incidents', say('r'), marker('carry-2'), parent.ts, second);
      const own = (all: readonly { step: string; facts: object }[]) =>
        all.filter(({ step }) => step.startsWith('carry')).map(({ step, facts }) => [step, facts]);
      expect(own(await slack.recall('incidents', SINCE))).toEqual([['carry-1', first]]);
      expect(own(await slack.recall('incidents', SINCE, parent.ts))).toEqual([
        ['carry-2', second],
        ['carry-1', first],
      ]);
      expect(await slack.recall('engineering', SINCE)).toEqual([]);
    });

    it('tells a lost answer as unclear, and finds the message that arrived all the same', async () => {
      world.loseNextAnswer('releases');
      const error = await failureOf(world.slack.post('releases', say('lost'), marker('lost')));
      expect(isReleaseError(error, 'E_SLACK_UNREACHABLE') && error.text.state).toBe('unclear');
      expect(await world.slack.find('releases', marker('lost'), SINCE)).toMatchObject({ transport: 'bot' });
      expect(world.seen().filter((one) => one.text === 'lost')).toHaveLength(1);
    });

    it('rewrites its own message, and refuses to rewrite one that was sent by webhook', async () => {
      const sent = await world.slack.post('releases', say('before'), marker('card'));
      await world.slack.update(sent, say('after'));
      expect(world.seen().map((one) => one.text)).toContain('after');
      expect(world.seen().map((one) => one.text)).not.toContain('before');
      const flat = { channel: 'engineering', transport: 'webhook' } as const;
      expect(isReleaseError(await failureOf(world.slack.update(flat, say('x'))), 'E_SLACK_CHANNEL')).toBe(
        true,
      );
    });

    it('refuses a channel that the configuration does not name, before anything is sent', async () => {
      const count = world.seen().length;
      const error = await failureOf(world.slack.post('relaeses', say('x'), marker('x')));
      expect(isReleaseError(error, 'E_SLACK_CHANNEL') && error.text.state).toBe('untouched');
      expect(world.seen()).toHaveLength(count);
    });
  });
}
