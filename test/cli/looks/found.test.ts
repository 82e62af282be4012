import { describe, expect, it } from 'vitest';
import { gone, keptSince, openWeek, textOf } from './week-world.ts';

const down = new Error('nothing answers');

describe('a look that finds something', () => {
  it('RBC-P0-2: an outage ends with 8 at once, calls for people, and rolls nothing back', async () => {
    const world = await openWeek({ script: (hour) => (hour >= 3 ? down : {}) });
    const told = await world.tick(3);
    expect([told.exitCode, told.text]).toEqual([
      8,
      expect.stringContaining('hour 3 of v2.1.0: P0 (failed-probes)'),
    ]);
    expect(told.next).toEqual([
      'release watch --env production',
      'release rollback --to v2.0.3 --env production',
    ]);
    expect((world.hour() - 3) * 60).toBeLessThan(3);
    const events = await world.events();
    expect(events.filter(({ type }) => type === 'run.planned')).toHaveLength(1);
    expect(events.findLast(({ type }) => type === 'watch.changed')?.data).toMatchObject({
      change: { severity: 'P0', rule: 'failed-probes' },
    });
    expect(textOf((await world.status(3.5)).text)).toContain('not successful: hour 3 P0: failed-probes');
  });

  it('RBC-P1-1: people are told once, and again only when it gets worse', async () => {
    const script = (hour: number, nth: number) => {
      if (hour >= 5) return down;
      return hour >= 3 && nth % 6 === 0 ? { status: 503 } : {};
    };
    const world = await openWeek({ script });
    const levels = async () => (await world.looks()).map(({ level }) => level);
    const posts = () => world.slack.messages.filter(({ channel }) => channel === 'incidents').length;
    await world.tick(3);
    expect([await levels(), posts()]).toEqual([['P1'], 1]);
    await world.tick(4);
    expect([await levels(), posts()]).toEqual([['P1', 'P1'], 1]);
    await world.tick(5);
    expect([await levels(), posts()]).toEqual([['P1', 'P1', 'P0'], 2]);
  });

  it('RBC-P0-2: a first message that did not arrive is not known to anybody: the next look tells it', async () => {
    const world = await openWeek({ script: (hour) => (hour >= 3 ? down : {}) });
    const { post } = world.slack;
    world.slack.post = () => Promise.reject(gone);
    await world.tick(3);
    world.slack.post = post.bind(world.slack);
    const posts = () => world.slack.messages.filter(({ channel }) => channel === 'incidents').length;
    expect(posts()).toBe(0);
    await world.tick(4);
    await world.tick(5);
    expect(posts()).toBe(1);
    const told = (await world.events()).flatMap(({ type, data }) => (type === 'watch.told' ? [data] : []));
    expect(told).toMatchObject([{ template: 'incident', level: 'P0' }]);
  });

  it('what is good again calls no more', async () => {
    const world = await openWeek({ script: (hour) => (hour >= 3 && hour < 4 ? down : {}) });
    await world.tick(3);
    expect((await world.tick(4)).exitCode).toBe(0);
    const changes = (await world.events()).flatMap(({ type, data }) =>
      type === 'watch.changed' ? [data.change] : [],
    );
    expect(changes.at(-1)).toMatchObject({ rule: 'failed-probes', severity: 'ok' });
  });

  it('V24-02: sees in the minutes of the application what happened while nobody looked', async () => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 5 },
      users: { source: 'app', everySeconds: 60, minSamples: 20 },
    };
    const routes = async (_: string, since: string) => {
      const from = Math.ceil(Date.parse(since) / 60_000) * 60_000;
      const minutes = Array.from({ length: 75 }, (_, i) => from + i * 60_000);
      const isBad = (at: number) => at >= from + 20 * 60_000 && at < from + 34 * 60_000;
      return minutes.map((at) => ({
        ...{
          minute: new Date(at).toISOString(),
          route: 'POST /pay',
          requests: 100,
          errors: isBad(at) ? 9 : 0,
        },
        ...{ p95: 80, version: '2.1.0' },
      }));
    };
    const world = await openWeek({
      runbook: { measurements, metrics: { url: 'https://m' } },
      services: { metrics: { routes, keptSince } } as never,
    });
    await world.tick(3);
    expect((await world.looks())[0]).toMatchObject({ verdict: 'above', level: 'P1', said: 'error-percent' });
  });
});
