import { describe, expect, it } from 'vitest';
import { doLooks } from '../../../src/cli/looks/do-looks.ts';
import { takeLook } from '../../../src/cli/looks/take-look.ts';
import { tellIfComplete } from '../../../src/cli/looks/tell-week.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { foldWeek } from '../../../src/ledger/fold-week.ts';
import { openWeek } from './week-world.ts';

const down = new Error('nothing answers');
const gone = new ReleaseError('E_DB_UNREACHABLE', { what: 'Gone.', next: '', state: 'untouched' });
const OPEN = Date.UTC(2025, 9, 1, 14, 25);
const keptSince = async () => '2025-10-01T00:00:00.000Z';
const textOf = (text: string): string => text.replace(/\s+/g, ' ');

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

  it('a stopped look is not recorded, and ends as stopped', async () => {
    const world = await openWeek();
    expect((await world.tick(3, ({ stop }) => stop.request())).exitCode).toBe(130);
    expect(await world.looks()).toEqual([]);
  });

  it('SUC-08: hours in which no agent ran are recorded as missed, and not made up for', async () => {
    const world = await openWeek();
    await world.tick(3);
    expect((await world.status(7.2)).text).toContain('3 looks were missed and nobody has recorded it');
    const late = await world.tick(7.2);
    expect([late.exitCode, late.text]).toEqual([
      3,
      '  ✔ look of rur2/production: nobody looked at hour 4, 5, 6 of v2.1.0: recorded as missed; hour 7 of v2.1.0: clean',
    ]);
    await world.tick(7.5);
    expect((await world.looks()).map(({ hour }) => hour)).toEqual([3, 7]);
    expect(textOf((await world.status(7.6)).text)).toContain('not successful: hours 4 to 6 missed');
  });

  it('SUC-08: what could not be measured is unknown, and never clean', async () => {
    const pool = {
      title: 'Pool',
      unit: 'percent',
      bands: [{ level: 'P1', row: 'MON-04', from: 100, dwellMinutes: 0 }],
    };
    const measurements = {
      probes: { source: 'probe', everySeconds: 5 },
      pool: { source: 'sql', everySeconds: 60, metric: 'pool-percent', sql: 'select 1' },
    };
    const world = await openWeek({
      runbook: { measurements, rules: { 'pool-percent': pool } },
      services: { postgres: { readNumber: () => Promise.reject(new Error('gone')) } },
    });
    const told = await world.tick(3);
    expect([told.exitCode, told.text]).toEqual([
      3,
      expect.stringContaining('unknown (not measured: pool-percent)'),
    ]);
    const { text, result } = await world.status(3.5);
    expect(textOf(text)).toContain('not successful: hour 3 unknown: not measured: pool-percent');
    expect(result).toMatchObject({
      environments: [{ week: { state: 'not', looks: [{ verdict: 'unknown' }] } }],
    });
  });

  it('SUC-08: is unknown when two versions answered in it, also when only one does by its end', async () => {
    const world = await openWeek();
    const told = ['v2.0.3', 'v2.1.0', 'v2.0.3'];
    Object.defineProperty(world.live, 'version', { enumerable: true, get: () => told.shift() ?? 'v2.1.0' });
    expect((await world.tick(3)).text).toContain('unknown (2 of 3 answers came from v2.0.3');
  });

  it('SUC-08: is unknown when the minutes since the look before cannot be read, after a second try', async () => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 5 },
      users: { source: 'app', everySeconds: 60, minSamples: 20 },
    };
    let asked = 0;
    const routes = async () => {
      asked += 1;
      if (asked > 1 && asked < 4) throw gone;
      return [];
    };
    const world = await openWeek({
      runbook: { measurements, metrics: { url: 'https://m' } },
      services: { metrics: { routes, keptSince } } as never,
    });
    expect((await world.tick(3)).text).toContain('unknown (not read since 2025-10-01T16:25:01');
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

  it('SUC-08: is unknown where the agent and the queue disagree about the time', async () => {
    const world = await openWeek();
    await world.status(3);
    const { context } = world.contextFor('tick');
    const now = Date.UTC(2025, 9, 1, 18, 30);
    const told = await doLooks({ now, mustClaim: false }, context, world.wiredFor(1));
    expect(told?.said.at(-1)).toContain('unknown (the clock of the agent');
  });

  it('SUC-08: a look that was begun after its time does not stand for an hour that was missed', async () => {
    const world = await openWeek();
    await world.status(4.5);
    await world.note('m', 'watch.missed', { version: 'v2.1.0', hours: [3] });
    const look = {
      version: 'v2.1.0',
      hour: 3,
      verdict: 'clean',
      level: 'ok',
      said: '',
      figures: {},
    } as const;
    const began = new Date(Date.UTC(2025, 9, 1, 18, 26)).toISOString();
    await world.note('r-1:look:3', 'watch.looked', { ...look, since: began, began }, 'l-3');
    expect(textOf((await world.status(4.6)).text)).toContain('not successful: hour 3 missed');
  });

  it('F68: is begun anew after a pause of its machine, and is as good as one without', async () => {
    const world = await openWeek({ sleepsAt: 3.05 });
    expect((await world.tick(3)).text).toContain('hour 3 of v2.1.0: clean');
    const [look] = await world.looks();
    expect(Date.parse(look?.began ?? '') - OPEN).toBeGreaterThan(3.05 * 3_600_000);
    expect((world.hour() - 3) * 60).toBeGreaterThan(3 + 5 + 6);
  });

  it('F68: is unknown where the machine woke up when its time was over', async () => {
    const world = await openWeek({ sleepsAt: 3.95 });
    expect((await world.tick(3.94)).text).toContain('unknown (it began after its time was over)');
  });

  it.each([
    ['E-08: before users came', -0.5, 'the clock says that it was taken before users came'],
    ['after its time was over', 4.1, 'it began after its time was over'],
  ])('SUC-08: is unknown when it is begun %s', async (_, hour, said) => {
    const world = await openWeek();
    const week = foldWeek(await world.events(), { minutes: 120, confirmMinutes: 15, successHours: 48 });
    world.turnTo(hour);
    const tools = { context: world.contextFor('tick').context, wired: world.wiredFor(1) };
    if (week === undefined) throw new Error('nothing is live');
    expect(await takeLook({ week, hour: 3, run: 'l-3', skewMs: 0 }, tools)).toMatchObject({
      verdict: 'unknown',
      said,
    });
  });

  it('is unknown under another version, whatever the ledger believes', async () => {
    const world = await openWeek();
    world.live.version = 'v2.2.0';
    expect((await world.tick(3)).text).toContain('unknown (another version is live: v2.2.0)');
  });
});

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

describe('SUC-08, E-116: a release after 48 hours', () => {
  const version = 'v2.1.0';
  const clean = (hour: number) => ({
    ...{ version, hour, verdict: 'clean' as const, level: 'ok' as const, said: '', since: '' },
    figures: { 'error-percent': 0.1, 'p95-ms': 80 + hour, 'query-p95-ms': 10 + hour },
  });
  const fill = async (world: Awaited<ReturnType<typeof openWeek>>, but: readonly number[] = []) => {
    for (let hour = 3; hour < 48; hour += 1)
      if (!but.includes(hour)) await world.note(`r-1:look:${hour}`, 'watch.looked', clean(hour), `l-${hour}`);
  };

  it('says when it will be successful, is that after 48 clean hours, and people are told once', async () => {
    const world = await openWeek();
    await fill(world);
    expect(textOf((await world.status(47.5)).text)).toContain(
      'complete since 1 Oct 12:25 EDT, successful at 3 Oct 10:25 EDT if 1 more of 46 looks are clean',
    );
    expect((await world.tick(48)).text).toContain('v2.1.0 is successful: 46 looks, all clean');
    await world.tick(48.3);
    await world.tick(49);
    const ended = (await world.events()).filter(({ type }) => type === 'watch.ended').map(({ data }) => data);
    expect(ended).toMatchObject([{ state: 'complete' }, { state: 'successful' }]);
    const posted = world.slack.messages.map(({ message }) => JSON.parse(message.text)[0]);
    expect(posted).toEqual(['release-successful']);
    const { text, result } = await world.status(49);
    expect(textOf(text)).toContain('successful since 3 Oct 10:31 EDT');
    expect(result).toMatchObject({ environments: [{ week: { state: 'successful', why: [] } }] });
  });

  it('V24-05, V7-02: status shows how figures moved from the first look to the last', async () => {
    const world = await openWeek();
    await fill(world);
    expect(textOf((await world.status(47.5)).text)).toContain(
      'trend over 45 looks: errors 0.1 → 0.1 %, P95 83 → 127 ms, database P95 13 → 57 ms',
    );
  });

  it('is not successful with one hour missing, and says which', async () => {
    const world = await openWeek();
    await fill(world, [17]);
    expect((await world.tick(48)).text).not.toContain('successful');
    expect(textOf((await world.status(49)).text)).toContain('not successful: hour 17 missed');
  });

  it('is not successful with a P1 that somebody declared, though every hour is clean', async () => {
    const world = await openWeek();
    await world.tellNote('logins fail for one customer', { severity: 'P1' });
    await fill(world);
    await world.tick(48);
    expect(textOf((await world.status(49)).text)).toMatch(/not successful: .*P1 declared at .*: logins fail/);
  });

  it.each([
    ['the application does not answer', () => Promise.reject(gone), /does not say which version it is/],
    ['another version answers', async () => ({ version: 'v2.2.0', latencyMs: 1 }), /another version is live/],
  ])('is not called successful while %s', async (_, liveVersion, why) => {
    const world = await openWeek({ services: { host: { liveVersion } } });
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    const told = await world.tick(48.5);
    expect([told.exitCode, told.text]).toEqual([3, expect.stringMatching(why)]);
    expect((await world.events()).filter(({ type }) => type === 'watch.ended')).toHaveLength(1);
    expect(world.slack.messages).toEqual([]);
  });

  it.each([undefined, 'unsafe'] as const)('is not successful with a rollback that ended %s', async (end) => {
    const world = await openWeek();
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    await world.beginRollback('r-9', end);
    expect((await world.tick(48.5)).text).toBe('  Nothing is due.');
    expect(textOf((await world.status(49)).text)).toMatch(/not successful: the rollback r-9 (has not|ended)/);
  });

  it('is not successful when it is declared late and a P1 came meanwhile', async () => {
    const world = await openWeek();
    await fill(world);
    await world.note('r-1:look:48', 'watch.looked', clean(48), 'l-48');
    await world.status(60);
    await world.tellNote('logins fail', { severity: 'P1' });
    await world.tick(61);
    expect(textOf((await world.status(61)).text)).toMatch(/not successful: P1 declared at .*: logins fail/);
  });

  it('is not successful where it was taken back: another version has its own hours', async () => {
    const world = await openWeek();
    await fill(world);
    await world.deploy('r-2', 'v2.1.1', 47);
    world.live.version = 'v2.1.1';
    expect((await world.tick(48)).text).toBe('  Nothing is due.');
    expect((await world.events()).filter(({ type }) => type === 'watch.ended')).toHaveLength(1);
  });
});
