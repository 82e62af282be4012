import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { foldRuns } from '../../../src/ledger/fold.ts';
import { listKept, listTold } from '../../../src/ledger/fold-messages.ts';
import { announce } from '../../../src/steps/slack/announce.ts';
import { endOf } from '../cli-world.ts';
import { makeNotifyWorld } from './notify-world.ts';

const REFUSED = { code: 'E_SLACK_REFUSED', said: 'Slack #releases was not reached (HTTP 503).' };
const SILENT = { code: 'E_SLACK_UNREACHABLE', said: 'Slack #releases was not reached (no answer in time).' };

/** Slack was away when the deploy began, and is back ten minutes later. */
async function tenMinutesLater(end: typeof REFUSED = REFUSED, isOpen = true) {
  const world = makeNotifyWorld({ flags: { yes: true } });
  await world.past({ plan: world.plan, ends: { announce: end, progress: end }, isOpen });
  await world.time.advance(600_000);
  return world;
}

describe('release notify --resend', () => {
  it('E-65, F78: what a run could not send is sent once to each channel, and says how late it is', async () => {
    const world = await tenMinutesLater();
    const { result } = await endOf(world.notify([], { resend: true }));
    expect(result).toMatchObject({ exitCode: 0, result: { missed: [] } });
    const texts = world.slack.messages.map(({ message }) => message.text);
    expect(texts.map((text) => text.split('\n')[0])).toEqual([
      '🚀 Release v2.1.0: deployment starting',
      '🚀 Release v2.1.0: deployment starting',
      expect.stringContaining('Release v2.1.0: progress'),
    ]);
    for (const text of texts)
      expect(text).toContain('Sent late: written 10:00 EDT, when it could not be sent, and sent 10:10 EDT');
    const again = await endOf(world.notify([], { resend: true }));
    expect(again.result?.text).toContain('Nothing is kept');
    expect(world.slack.messages).toHaveLength(3);
  });

  it('E-65, COM-01b: a start that comes after the end tells the end, and asks for nothing any more', async () => {
    const world = await tenMinutesLater(REFUSED, false);
    await world.notify(['release-start'], { resend: true });
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual(['releases', 'ops']);
    for (const { message, channel } of world.slack.messages) {
      expect(message.text.split('\n')[0]).toBe('🟢 Release v2.1.0: deployed, not watched yet');
      expect(message.text).toContain(
        'Sent late, in place of the message of 10:00 EDT, which could not be sent: how it stands now',
      );
      expect(message.text).not.toMatch(/starting|Please|Gone past/);
      expect(message.text.includes('the thread has the rest')).toBe(channel === 'releases');
    }
  });

  it('a question that nobody can answer any more is not sent, and not kept', async () => {
    const world = makeNotifyWorld({ flags: { yes: true } });
    const ask = announce('decision-needed', { channels: ['releases'], name: 'ask-2', notes: { point: 2 } });
    const plan = { ...world.plan, entries: [...world.plan.entries, ask] };
    await world.past({ plan, ends: { 'ask-2': REFUSED } });
    const { result } = await endOf(world.notify([], { resend: true }));
    expect(result?.text).toContain('Nothing is kept');
    expect(world.slack.messages).toEqual([]);
  });

  it('the text is the one of the moment at which it failed, not of now', async () => {
    const world = await tenMinutesLater();
    await world.notify(['release-start'], { resend: true });
    const { text } = world.slack.messages[0]?.message ?? { text: '' };
    expect(text).toContain('Deployment window: 10:00–10:05 EDT');
    expect(text).not.toContain('10:10–');
  });

  it('COM-02a: what is sent again opens the thread in which later messages answer', async () => {
    const world = await tenMinutesLater();
    await world.notify([], { resend: true });
    const [start, , progress] = world.slack.messages;
    expect(progress?.thread).toBe(start?.ts);
    const [run] = foldRuns(await world.wired.ledger.read(world.wired.scope));
    expect(run?.facts.announce?.sent).toContainEqual(
      expect.objectContaining({ channel: 'releases', ts: start?.ts }),
    );
  });

  it('E-95: a message whose answer was lost is looked for before it is sent; a webhook says that nobody knows', async () => {
    const world = await tenMinutesLater(SILENT);
    const arrived = { text: 'it came', blocks: [] };
    await world.slack.post('releases', arrived, { run: 'r-7f3a', step: 'announce' });
    await world.notify(['release-start'], { resend: true });
    const titles = world.slack.messages.map(({ channel, message }) => [
      channel,
      message.text.split('\n').length > 1,
    ]);
    expect(titles).toEqual([
      ['releases', false],
      ['ops', true],
    ]);
    expect(world.slack.messages[1]?.message.text).toContain('when nobody knew whether it arrived');
  });

  it('ends with 1 while Slack is away still, and keeps it', async () => {
    const world = await tenMinutesLater();
    world.slack.failNext('releases', 'refused');
    const { result } = await endOf(world.notify(['release-start'], { resend: true }));
    expect(result).toMatchObject({ exitCode: 1, result: { missed: ['releases'] } });
    expect(result?.next).toEqual(['release notify --resend --env production']);
    const events = await world.wired.ledger.read(world.wired.scope);
    const run = foldRuns(events)[0];
    if (run === undefined) throw new TypeError('no run');
    expect(listKept(events, run).map(({ template, missing }) => [template, missing])).toEqual([
      ['release-start', ['releases']],
      ['release-progress', ['releases']],
    ]);
    await world.notify(['release-start'], { resend: true });
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual(['ops', 'releases']);
  });

  it('two people who send it again at the same moment send it once', async () => {
    const world = await tenMinutesLater();
    const ends = await Promise.allSettled([
      world.notify(['release-progress'], { resend: true }),
      world.notify(['release-progress'], { resend: true }),
    ]);
    expect(world.slack.messages).toHaveLength(1);
    const refused = ends.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.map((one) => (one instanceof ReleaseError ? one.code : one))).toEqual(['E_MESSAGE_BUSY']);
  });

  it('after a crash between post and record a bot channel does not hear it twice', async () => {
    const world = await tenMinutesLater();
    const { note } = world.ledger;
    world.ledger.note = (scope, event) =>
      event.type === 'message.sent'
        ? Promise.reject(new TypeError('killed'))
        : note.call(world.ledger, scope, event);
    await expect(world.notify(['release-progress'], { resend: true })).rejects.toThrow('killed');
    world.ledger.note = note;
    await world.time.advance(180_000);
    const { result } = await endOf(world.notify(['release-progress'], { resend: true }));
    expect(result).toMatchObject({ exitCode: 0 });
    expect(world.slack.messages).toHaveLength(1);
  });

  it('a person sees it before it is sent, and may say no', async () => {
    const world = makeNotifyWorld({ terminal: { canAsk: true }, answers: ['n'] });
    await world.past({ plan: world.plan, ends: { progress: REFUSED } });
    expect((await endOf(world.notify([], { resend: true }))).code).toBe('E_ANSWERED_NO');
    expect(world.stderr()).toContain('Release v2.1.0: progress');
    expect(world.slack.messages).toEqual([]);
  });

  it('what was told is known with its time, whoever told it', async () => {
    const world = await tenMinutesLater();
    await world.notify(['release-start'], { resend: true });
    const told = listTold(await world.wired.ledger.read(world.wired.scope));
    expect(told.map(({ template, channels, by }) => [template, channels, by])).toEqual([
      ['release-start', ['releases', 'ops'], 'Dana Ito'],
    ]);
  });
});
