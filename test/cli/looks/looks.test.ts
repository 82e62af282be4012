import { describe, expect, it } from 'vitest';
import { tellIfComplete } from '../../../src/cli/looks/tell-week.ts';
import { OPEN, openWeek, textOf } from './week-world.ts';

describe('release tick after a watch', () => {
  it('V24-01: looks once at every hour, and says what it saw', async () => {
    const world = await openWeek();
    expect(await world.tick(2.5)).toMatchObject({ exitCode: 0, text: '  Nothing is due.' });
    const first = await world.tick(3);
    expect(first).toMatchObject({
      exitCode: 0,
      text: '  ✔ look of rur2/production: hour 3 of v2.1.0: clean',
    });
    expect(await world.tick(3.5)).toMatchObject({ text: '  Nothing is due.' });
    await world.tick(4);
    expect((await world.looks()).map(({ hour, verdict, figures }) => [hour, verdict, figures])).toEqual([
      [3, 'clean', { 'error-percent': 0, 'failed-probes': 0 }],
      [4, 'clean', { 'error-percent': 0, 'failed-probes': 0 }],
    ]);
    expect(textOf((await world.status(4.5)).text)).toContain('trend over 2 looks: errors 0 → 0 %');
  });

  it('looks for longer than the slowest band that says hold, and not for longer than that when all is well', async () => {
    const world = await openWeek();
    await world.tick(3);
    expect((world.hour() - 3) * 60).toBeCloseTo(6, 0);
  });

  it('V7-01: looks once a day after that, and no more after a week', async () => {
    const world = await openWeek();
    await world.note('m', 'watch.missed', {
      version: 'v2.1.0',
      hours: Array.from({ length: 46 }, (_, i) => i + 3),
    });
    await world.tick(72.2);
    await world.tick(90);
    await world.tick(191);
    expect((await world.tick(400)).text).not.toContain('look of');
    expect((await world.looks()).map(({ hour }) => hour)).toEqual([72, 168]);
  });

  it('CMP-01: a release that its watch completed is announced, once', async () => {
    const world = await openWeek();
    for (const nth of [1, 2]) expect([nth, await tellIfComplete(world.wiredFor(nth))]).toEqual([nth, []]);
    const posted = world.slack.messages.map(({ channel, message }) => [channel, JSON.parse(message.text)[0]]);
    expect(posted).toEqual([['releases', 'release-complete']]);
    const stopped = await openWeek({ isComplete: false });
    await tellIfComplete(stopped.wiredFor(1));
    expect(stopped.slack.messages).toEqual([]);
  });

  it('CMP-01: good news that was not told comes late, but not after bad news and not after six hours', async () => {
    const posted = async (hour: number, tellFirst: boolean) => {
      const world = await openWeek();
      await world.status(hour);
      if (tellFirst) await world.tellNote('logins fail', { severity: 'P2' });
      await world.tick(hour);
      return world.slack.messages.map(({ message }) => JSON.parse(message.text)[0]);
    };
    expect(await posted(3, false)).toEqual(['release-complete']);
    expect(await posted(3, true)).toEqual([]);
    expect(await posted(8.5, false)).toEqual([]);
  });

  it('F69: of agents that come at the same moment one looks, without a queue as well', async () => {
    const world = await openWeek();
    const told = await Promise.all([world.tick(3), world.tick(3), world.tick(3)]);
    expect(told.map(({ text }) => /another agent looks/.test(text)).filter(Boolean)).toHaveLength(2);
    expect(await world.looks()).toHaveLength(1);
    expect((await world.events()).filter(({ type }) => type === 'watch.look-begun')).toHaveLength(1);
  });

  it('F69: takes over the look of an agent that was killed, once its time is over', async () => {
    const world = await openWeek();
    const begin = (run: string, n: number) =>
      world.note(`r-1:look:3:begun:${n}`, 'watch.look-begun', { version: 'v2.1.0', hour: 3 }, run);
    await world.tick(2.9);
    await begin('l-killed', 1);
    expect(await world.tick(3)).toMatchObject({ text: '  Nothing is due.' });
    await world.tick(3.5);
    expect((await world.looks()).map(({ hour, verdict }) => [hour, verdict])).toEqual([[3, 'clean']]);
  });

  it.each([
    ['V24-01: a quiet night', '2025-10-01T10:00:00.000Z', 'clean'],
    [
      'V24-02: an application that was started meanwhile',
      '2025-10-01T17:00:00.000Z',
      'no minutes from before',
    ],
    ['V24-02: an application that does not say what it keeps', undefined, 'quiet or dropped'],
  ])('%s is told from minutes that are gone', async (_, kept, said) => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 5 },
      users: { source: 'app', everySeconds: 60, minSamples: 20 },
    };
    // Users come again a minute before the look.
    const minute = (ago: number) => Math.floor((OPEN + world.hour() * 3_600_000) / 60_000 - ago) * 60_000;
    const came = (ago: number) => ({ route: 'GET /a', requests: 50, errors: 0, ago });
    const routes = async () =>
      [came(2), came(1)].map(({ ago, ...one }) => ({ ...one, minute: new Date(minute(ago)).toISOString() }));
    const world = await openWeek({
      runbook: { measurements, metrics: { url: 'https://m' } },
      services: { metrics: { routes, keptSince: async () => kept } } as never,
    });
    expect((await world.tick(3)).text).toContain(said);
  });
});
