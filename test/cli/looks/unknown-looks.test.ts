import { describe, expect, it } from 'vitest';
import { doLooks } from '../../../src/cli/looks/do-looks.ts';
import { takeLook } from '../../../src/cli/looks/take-look.ts';
import { foldWeek } from '../../../src/ledger/fold-week.ts';
import { gone, keptSince, OPEN, openWeek, textOf } from './week-world.ts';

describe('a look that cannot be sure', () => {
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
