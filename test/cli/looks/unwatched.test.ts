import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/kit.ts';
import { openWeek, type WantedWeek } from './week-world.ts';

const version = 'v2.1.0';
const OPEN = Date.UTC(2025, 9, 1, 14, 25);
const at = (hour: number): string => new Date(OPEN + hour * 3_600_000).toISOString();
const textOf = (text: string): string => text.replace(/\s+/g, ' ');
const gone = new ReleaseError('E_SLACK_DOWN', { what: 'Gone.', next: '', state: 'untouched' });

const SAID =
  '  ▲ monitoring of rur2/production: the 2 h of monitoring of v2.1.0 were never watched to an end (inconclusive)';
const SLACK = {
  botToken: '$SLACK_BOT_TOKEN',
  channels: { releases: { id: 'C0RELEASES' }, incidents: { id: 'C0INCIDENTS' } },
  routes: { 'decision-needed': ['releases'], incident: ['incidents'], 'release-complete': ['releases'] },
};

/** A release that is live, and whose watch came to no good end. */
const leave = (wanted: WantedWeek = {}) =>
  openWeek({ ...wanted, isComplete: false, runbook: { services: { slack: SLACK }, ...wanted.runbook } });
type World = Awaited<ReturnType<typeof leave>>;

const clean = (hour: number) => ({
  ...{ version, hour, verdict: 'clean' as const, level: 'ok' as const, said: '', since: '', figures: {} },
});
const fill = async (world: World, from: number, to: number): Promise<void> => {
  for (let hour = from; hour <= to; hour += 1)
    await world.note(`r-1:look:${hour}`, 'watch.looked', clean(hour), `l-${hour}`);
};
/** A later watch saw the whole of a monitoring that it had begun anew at `from`. */
const watchAnew = async (world: World, from: number, state: 'complete' | 'stopped' = 'complete') => {
  const data = { version, verdict: 'healthy', state, said: state, since: at(from) };
  await world.note('w-2:ended', 'watch.ended', data, 'w-2');
};
const posts = (world: World) =>
  world.slack.messages.map(({ channel, message }) => [channel, JSON.parse(message.text)[0]]);
const weekOf = async (world: World, hour: number) =>
  ((await world.status(hour)).result as { environments: { week: Record<string, unknown> }[] }).environments[0]
    ?.week;

describe('E-116: a live release whose monitoring nobody watched to a good end', () => {
  it('CMP-02: every tick says so, ends with 3, and names the command', async () => {
    const world = await leave();
    expect(await world.tick(2.1)).toMatchObject({ exitCode: 0, text: '  Nothing is due.' });
    for (const hour of [2.5, 2.7])
      expect(await world.tick(hour)).toMatchObject({
        ...{ exitCode: 3, text: SAID, next: ['release watch --env production'] },
      });
  });

  it('V24-01: is looked at every hour all the same, from the end of the monitoring on', async () => {
    const world = await leave();
    const told = await world.tick(3);
    expect([told.exitCode, told.text]).toEqual([
      3,
      `  ✔ look of rur2/production: hour 3 of v2.1.0: clean\n${SAID}`,
    ]);
    await world.tick(4);
    expect((await world.looks()).map(({ hour, verdict }) => [hour, verdict])).toEqual([
      [3, 'clean'],
      [4, 'clean'],
    ]);
  });

  it('RBC-P0-2: an outage that such a look sees is told first', async () => {
    const world = await leave({ script: (hour) => (hour >= 3 ? new Error('nothing answers') : {}) });
    const told = await world.tick(3);
    expect([told.exitCode, told.text]).toEqual([8, expect.stringContaining('P0 (failed-probes)')]);
    expect(told.text).toContain(SAID);
  });

  it('SUC-08: is never successful by looks alone, however many are clean', async () => {
    const world = await leave();
    await fill(world, 3, 48);
    const told = await world.tick(48.5);
    expect([told.exitCode, told.text]).toEqual([3, expect.stringContaining(SAID)]);
    expect((await world.events()).filter(({ type }) => type === 'watch.ended')).toHaveLength(1);
    expect(textOf((await world.status(49)).text)).toContain(
      'not complete: its monitoring was never watched to an end (inconclusive): release watch completes it, looks do not',
    );
    expect((await world.status(49)).next).toEqual(['release watch --env production']);
    expect(await weekOf(world, 49)).toMatchObject({ state: 'unwatched', completeAt: null, needed: [] });
  });

  it('is no matter any more when the week is over', async () => {
    const world = await leave();
    await fill(world, 3, 48);
    expect(await world.tick(400)).toMatchObject({ exitCode: 0, text: '  Nothing is due.' });
    expect((await world.status(400)).next).toEqual([]);
    expect(posts(world)).toEqual([]);
  });

  it('status says until when its monitoring lasts, as long as it does', async () => {
    const world = await leave();
    expect(textOf((await world.status(2.05)).text)).toContain(
      'not complete yet: its monitoring lasts until 1 Oct 12:25 EDT',
    );
    expect(await weekOf(world, 2.05)).toMatchObject({ state: 'monitoring' });
  });

  it('is not called so while a later watch is under way, and is again when that one does not end', async () => {
    const world = await leave();
    await world.tick(2.4);
    await world.note('w-2:begun', 'watch.begun', { version, until: at(4.5) }, 'w-2');
    expect((await world.tick(2.6)).text).toBe('  Nothing is due.');
    expect((await world.tick(3)).exitCode).toBe(0);
    expect((await world.tick(4.8)).text).toContain(SAID);
  });

  it('is called so at once when the watch that was under way has ended without completing it', async () => {
    const world = await leave();
    await world.note('w-2:begun', 'watch.begun', { version, until: at(4.5) }, 'w-2');
    await world.status(2.6);
    await watchAnew(world, 2.5, 'stopped');
    expect((await world.tick(2.7)).exitCode).toBe(3);
  });
});

describe('E-22: a rollback that nobody confirmed', () => {
  it('is told by every tick after its quarter of an hour, with the line that confirms it, and looked at', async () => {
    const world = await openWeek();
    await world.beginRollback('r-9', 'completed');
    world.live.version = 'v2.0.3';
    const told = await world.tick(2.5);
    expect([told.exitCode, told.text]).toEqual([
      3,
      '  ▲ monitoring of rur2/production: the rollback to v2.0.3 was never confirmed by 15 min of its traffic',
    ]);
    expect(told.next).toEqual(['release watch v2.0.3 --for 15m --env production']);
    expect((await world.status(2.5)).next).toEqual(told.next);
    await world.tick(5.1);
    expect(await world.looks()).toMatchObject([{ version: 'v2.0.3', hour: 3, verdict: 'clean' }]);
  });

  it('is over when its traffic has confirmed it', async () => {
    const world = await openWeek();
    await world.beginRollback('r-9', 'completed');
    world.live.version = 'v2.0.3';
    const value = { outcome: 'confirmed', said: '' };
    await world.note('w-9:confirmation', 'fact', { name: 'confirmation', value }, 'r-9');
    expect(await world.tick(2.5)).toMatchObject({ exitCode: 0, text: '  Nothing is due.' });
  });
});

describe('E-103: that nobody watches is told in Slack', () => {
  it('once, and not every hour, by one of all agents', async () => {
    const world = await leave();
    await Promise.all([world.tick(2.5), world.tick(2.5), world.tick(2.5)]);
    for (const hour of [2.8, 3, 4, 5]) await world.tick(hour);
    expect(posts(world)).toEqual([['releases', 'decision-needed']]);
    const [, view] = JSON.parse(world.slack.messages[0]?.message.text ?? '');
    expect(view.notes).toEqual({
      point: '4',
      back: 'v2.0.3',
      standing:
        'HOLD: nobody knows, the 2 h of monitoring of v2.1.0 were never watched to an end (inconclusive). Watch it: release watch --env production',
    });
  });

  it('anew after an hour where it did not arrive', async () => {
    const world = await leave();
    const { post } = world.slack;
    world.slack.post = () => Promise.reject(gone);
    expect((await world.tick(2.5)).warnings).toEqual(['Gone.']);
    world.slack.post = post.bind(world.slack);
    await world.tick(3);
    expect(posts(world)).toEqual([]);
    await world.tick(3.6);
    await world.tick(3.8);
    expect(posts(world)).toEqual([['releases', 'decision-needed']]);
  });
});

describe('E-116: a later watch of the whole monitoring', () => {
  it('SUC-08: completes the release, and 48 clean hours count from when it began', async () => {
    const world = await leave();
    await world.status(6.6);
    await watchAnew(world, 4.5);
    const { text, result } = await world.status(6.7);
    expect(textOf(text)).toContain(
      'complete since 1 Oct 17:01 EDT, successful at 3 Oct 15:25 EDT if 47 more of 47',
    );
    expect(result).toMatchObject({ environments: [{ week: { state: 'proving' } }] });
    await fill(world, 7, 52);
    expect((await world.tick(52.5)).text).not.toContain('successful');
    expect((await world.tick(53)).text).toContain('v2.1.0 is successful: 47 looks, all clean');
  });

  it('SUC-08: does not make good a P1 that fired before it, or that a look saw', async () => {
    const seen = await leave();
    await seen.status(4);
    await seen.note(
      'r-1:look:4',
      'watch.looked',
      { ...clean(4), verdict: 'above', level: 'P1', said: 'error-percent' },
      'l-4',
    );
    await watchAnew(seen, 4.5);
    expect(textOf((await seen.status(6.7)).text)).toContain('not successful: hour 4 P1: error-percent');
    const fired = await leave();
    const change = { severity: 'P1', rule: 'error-percent' };
    await fired.note('w-1:change:1', 'watch.changed', { version, change });
    await watchAnew(fired, 4.5);
    expect(textOf((await fired.status(6.7)).text)).toContain('not successful: P1 error-percent');
  });
});
