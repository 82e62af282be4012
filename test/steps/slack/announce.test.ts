import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { StepContext } from '../../../src/kit.ts';
import { announce, announcement } from '../../../src/steps/slack/announce.ts';
import { makeDeployPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makeInstantClock } from '../../support/slack-surroundings.ts';

const runbook = makeTalkativeRunbook();
const { clock } = makeInstantClock();

function makeWorld() {
  const slack = new MemorySlack({ releases: 'bot', incidents: 'bot', engineering: 'webhook' }, clock.now);
  const told: string[] = [];
  const guarded: number[] = [];
  const makeContext = (over: Partial<StepContext> = {}): StepContext => ({
    run: 'r-1',
    step: 'announce',
    scope: 'rur2/production',
    epoch: 1,
    plan: makeDeployPlan(runbook),
    runbook,
    facts: {},
    clock,
    intentAt: '2025-10-01T14:00:00.000Z',
    attempt: 1,
    signal: new AbortController().signal,
    guard: () => void guarded.push(slack.messages.length),
    withFence: (_, push) => push([]),
    tell: (said) => void told.push(said),
    secret: () => '',
    render: (template, view: JsonObject) => ({
      text: `${template}${view.repeated ? ' (repeated)' : ''}`,
      blocks: [],
    }),
    ...over,
  });
  return { slack, told, guarded, makeContext };
}

const input = (channels: string[], thread?: string) => ({
  template: 'release-start',
  channels,
  ...(thread === undefined ? {} : { thread }),
});
const seen = (slack: MemorySlack) =>
  slack.messages.map((one) => `${one.channel}: ${one.message.text}`).sort();
const inspect = announcement.inspect?.bind(announcement);

describe('the announcement', () => {
  it('COM-01a: reaches every channel once and records where each message stands', async () => {
    const { slack, makeContext, guarded } = makeWorld();
    const done = await announcement.run({ slack }, input(['releases', 'engineering']), makeContext());
    expect(seen(slack)).toEqual(['engineering: release-start', 'releases: release-start']);
    expect(done.sent.map((one) => [one.channel, one.transport, typeof one.ts])).toEqual([
      ['releases', 'bot', 'string'],
      ['engineering', 'webhook', 'undefined'],
    ]);
    expect(guarded).toEqual([0]);
  });

  it('COM-02a: answers in the thread of the opening message, where that message got through', async () => {
    const { slack, makeContext } = makeWorld();
    const facts = { announce: { sent: [{ channel: 'releases', transport: 'bot', ts: '1.000001' }] } };
    const context = makeContext({ facts, step: 'progress' });
    await announcement.run({ slack }, input(['releases', 'incidents'], 'announce'), context);
    expect(slack.messages.map((one) => [one.channel, one.thread])).toEqual([
      ['releases', '1.000001'],
      ['incidents', undefined],
    ]);
  });

  it('posts nothing twice when it was killed between two channels', async () => {
    const { slack, makeContext } = makeWorld();
    slack.failNext('incidents', new Error('killed'));
    await expect(
      announcement.run({ slack }, input(['releases', 'incidents']), makeContext()),
    ).rejects.toThrow('killed');
    expect(await inspect?.({ slack }, input(['releases', 'incidents']), makeContext())).toEqual({
      state: 'absent',
    });
    const done = await announcement.run(
      { slack },
      input(['releases', 'incidents']),
      makeContext({ attempt: 2 }),
    );
    expect(seen(slack)).toEqual(['incidents: release-start', 'releases: release-start']);
    expect(done.sent).toHaveLength(2);
  });

  it('sees that the message stands when only the answer was lost', async () => {
    const { slack, makeContext } = makeWorld();
    slack.failNext('releases', 'lost');
    await expect(announcement.run({ slack }, input(['releases']), makeContext())).rejects.toMatchObject({
      code: 'E_SLACK_UNREACHABLE',
    });
    expect(await inspect?.({ slack }, input(['releases']), makeContext())).toMatchObject({
      state: 'done',
      done: { sent: [{ channel: 'releases', transport: 'bot' }] },
    });
  });

  it('finds a lost reply in its thread', async () => {
    const { slack, makeContext } = makeWorld();
    const facts = { announce: { sent: [{ channel: 'releases', transport: 'bot', ts: '1.000001' }] } };
    const context = makeContext({ facts, step: 'progress' });
    slack.failNext('releases', 'lost');
    await announcement.run({ slack }, input(['releases'], 'announce'), context).catch(() => undefined);
    expect(await inspect?.({ slack }, input(['releases'], 'announce'), context)).toMatchObject({
      state: 'done',
    });
  });

  it('repeats a webhook message after an interruption and says so: nobody can ask a webhook', async () => {
    const { slack, makeContext } = makeWorld();
    const both = input(['releases', 'engineering']);
    await announcement.run({ slack }, both, makeContext());
    expect(await inspect?.({ slack }, both, makeContext())).toEqual({ state: 'absent' });
    await announcement.run({ slack }, both, makeContext({ attempt: 2 }));
    expect(seen(slack)).toEqual([
      'engineering: release-start',
      'engineering: release-start (repeated)',
      'releases: release-start',
    ]);
  });

  it('F78: keeps telling the others when one channel fails, and says which was missed', async () => {
    const { slack, makeContext, told } = makeWorld();
    slack.failNext('releases', 'refused');
    const done = await announcement.run({ slack }, input(['releases', 'incidents']), makeContext());
    expect(seen(slack)).toEqual(['incidents: release-start']);
    expect(done.missed).toEqual([{ channel: 'releases', said: 'Slack #releases was not reached (memory).' }]);
    expect(told).toEqual(['Slack #releases was not reached (memory). The run goes on.']);
  });

  it('sends nothing when the right to act has ended', async () => {
    const { slack, makeContext } = makeWorld();
    const guard = () => {
      throw new Error('fenced');
    };
    await expect(announcement.run({ slack }, input(['releases']), makeContext({ guard }))).rejects.toThrow(
      'fenced',
    );
    expect(slack.messages).toEqual([]);
  });

  it('F78: is placed so that its failure never stops a run', () => {
    const entry = announce('release-start', {
      channels: ['releases'],
      name: 'announce',
      notes: { reason: 'x' },
    });
    expect(entry).toMatchObject({
      name: 'announce',
      onFailure: 'warn',
      step: 'slack.announce',
      effect: 'probeable',
    });
    expect(entry.input).toEqual({
      template: 'release-start',
      channels: ['releases'],
      notes: { reason: 'x' },
    });
    expect(announce('rc-ready', { channels: ['#releases'] })).toMatchObject({
      name: 'announce.rc-ready',
      title: 'Announce rc-ready in #releases',
    });
  });
});

describe('M11: a Slack that hangs', () => {
  const never = new Promise<never>(() => undefined);
  const hanging = { transport: () => 'bot', post: () => never, find: () => never } as unknown as MemorySlack;
  const hurried = { ...input(['releases']), patienceMs: 3000 };

  it('keeps a rollback waiting for three seconds and no longer', async () => {
    const { makeContext } = makeWorld();
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);
    const context = makeContext({ clock: { ...clock, sleep } });
    await expect(announcement.run({ slack: hanging }, hurried, context)).rejects.toMatchObject({
      code: 'E_SLACK_UNREACHABLE',
      text: { what: expect.stringContaining('3 s'), state: 'partly-done' },
    });
    expect(slept).toEqual([3000]);
  });

  it('is not spoken of where it answers in time, and nothing goes on waiting', async () => {
    const { slack, makeContext } = makeWorld();
    let ended = 0;
    const sleep = (_: number, signal?: AbortSignal) =>
      new Promise<void>((_done, reject) => {
        signal?.addEventListener('abort', () => {
          ended += 1;
          reject(new Error('ended'));
        });
      });
    const done = await announcement.run({ slack }, hurried, makeContext({ clock: { ...clock, sleep } }));
    expect([done.sent.length, ended]).toEqual([1, 1]);
  });
});
