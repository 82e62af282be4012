import { describe, expect, it } from 'vitest';
import { captureBaseline } from '../../../src/cli/watch/capture-baseline.ts';
import type { Watched } from '../../../src/cli/watch/find-release.ts';
import type { ServiceName, Services } from '../../../src/services/services.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

const START = Date.UTC(2025, 9, 1, 14);
const watched = { start: START, before: START, live: START + 900_000 } as Watched;

const ratio = (metric: string) => ({
  ...{ title: 'P95', metric, unit: 'ms', against: 'baseline' },
  bands: [{ level: 'P1', row: 'RBC-P1-2', from: 3, dwellMinutes: 0 }],
});

const RUNBOOK = {
  measurements: { users: { source: 'app', everySeconds: 15, minSamples: 20 } },
  rules: { 'p95-ratio': ratio('p95-ms') },
};

/** A minute of a route, counted from T_start. */
const minute = (nth: number, p95: number, requests = 50) => ({
  ...{ minute: new Date(START + nth * 60_000).toISOString(), route: 'GET /a', requests, errors: 0, p95 },
  version: '2.0.3',
});

type Given = { readonly [K in keyof Services]?: Partial<Services[K]> };

async function capture(services: Given, runbook: object = RUNBOOK, release: Watched = watched) {
  const said: string[] = [];
  const { wired } = makeCliWorld({ runbook: gitAlone(runbook as Record<string, unknown>) });
  const configured = new Set<ServiceName>(['git', 'metrics', 'prometheus']);
  const world = { ...wired, configured, services: { ...wired.services, ...services } as Services };
  const ticks = await captureBaseline(release, world, (text) => said.push(text));
  return { ticks, said };
}

const told = (...minutes: readonly ReturnType<typeof minute>[]) => ({
  metrics: { routes: async () => minutes },
});
const tick = { at: watched.live, metric: 'p95-ms', series: 'GET /a', source: 'users' };

describe('E-15: what a watch compares with', () => {
  it('is the median of the minutes before the release began, of each route', async () => {
    const services = told(minute(-5, 90), minute(-4, 100), minute(-3, 400), minute(0, 900), minute(3, 900));
    expect(await capture(services)).toEqual({ ticks: [{ ...tick, baseline: 100 }], said: [] });
  });

  it('asks for a day, and counts no minute in which hardly anybody came', async () => {
    const asked: string[] = [];
    const minutes = [minute(-5, 90), minute(-4, 100), minute(-3, 110), minute(-2, 5, 3), minute(-1, 5, 19)];
    const routes = async (_: string, since: string) => {
      asked.push(since);
      return minutes;
    };
    expect((await capture({ metrics: { routes } })).ticks).toEqual([{ ...tick, baseline: 100 }]);
    expect(asked).toEqual(['2025-09-30T14:00:00.000Z']);
  });

  it('is nothing where fewer than three minutes tell', async () => {
    expect((await capture(told(minute(-2, 90), minute(-1, 100)))).ticks).toEqual([]);
  });

  it('is what a query of Prometheus would have said at T_start, where the query is not about one version', async () => {
    const asked: unknown[] = [];
    const ask = async (question: { query: string; at?: number }) => {
      asked.push([question.query, question.at]);
      return [{ labels: { route: 'GET /a' }, value: 120 }];
    };
    const prometheus = { source: 'prometheus', url: 'http://prom.example', everySeconds: 15 };
    const measurements = {
      all: { ...prometheus, metric: 'p95-ms', query: 'p95', series: 'route' },
      ours: { ...prometheus, metric: 'p95-ms', query: 'p95{version="{version}"}' },
      other: { ...prometheus, metric: 'pool-percent', query: 'pool' },
    };
    const { ticks } = await capture({ prometheus: { ask } }, { ...RUNBOOK, measurements });
    expect(ticks).toEqual([{ ...tick, source: 'all', baseline: 120 }]);
    expect(asked).toEqual([['p95', START]]);
  });

  it('RBV-3, E-22: after a rollback the P95 of the earlier version is held against its own, of before the release that was taken back', async () => {
    const minutes = [-63, -62, -61].map((nth) => minute(nth, 100));
    const bad = [-5, -4, -3].map((nth) => minute(nth, 900));
    const services = told(...minutes, ...bad);
    const back = { ...watched, before: START - 3_600_000 };
    expect((await capture(services, RUNBOOK, back)).ticks).toEqual([{ ...tick, baseline: 100 }]);
  });

  it('says of a source that cannot be asked that there is none, and keeps what the other one told', async () => {
    const prometheus = { source: 'prometheus', url: 'http://prom.example', everySeconds: 15 };
    const measurements = { ...RUNBOOK.measurements, prom: { ...prometheus, metric: 'p95-ms', query: 'p95' } };
    const services = {
      metrics: { routes: async () => Promise.reject(new Error('refused')) },
      prometheus: { ask: async () => [{ labels: {}, value: 80 }] },
    };
    const { ticks, said } = await capture(services, { ...RUNBOOK, measurements });
    expect(ticks).toEqual([{ ...tick, source: 'prom', series: 'all', baseline: 80 }]);
    expect(said).toEqual([expect.stringContaining('▲ no baseline:')]);
  });
});
