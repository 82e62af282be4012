import { describe, expect, it } from 'vitest';
import { makeSources } from '../../../src/cli/watch/sources/make-sources.ts';
import type { SourceWorld } from '../../../src/cli/watch/sources/source-world.ts';
import { measurementsSchema } from '../../../src/config/schema/measurements.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Services } from '../../../src/services/services.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

type Given = { readonly [K in keyof Services]?: Partial<Services[K]> };

/** What one source tells, asked as often as there are answers. */
async function tell(
  measurement: object,
  services: Given,
  times = 1,
  facts: SourceWorld['facts'] = {},
  over: { readonly open?: number; readonly integrity?: object[] } = {},
) {
  const integrity = over.integrity ?? [
    {
      id: 'a',
      row: 'DAT-01',
      title: 'Assessments',
      sql: 'select 1',
      expect: 'not-fewer',
      mayDeletePercent: 5,
    },
    { id: 'g', row: 'DAT-06', title: 'Growth', sql: 'select 2', expect: 'within-percent', percent: 5 },
  ];
  const { wired, context } = makeCliWorld({ runbook: gitAlone({ integrity }) });
  const world: SourceWorld = {
    ...{ context, version: 'v2.1.0', run: 'w-1', facts, open: over.open ?? 0, now: () => 1_000_000 },
    ago: (ms) => new Date(1_000_000 - ms),
    wired: { ...wired, services: { ...wired.services, ...services } as Services },
  };
  const [source] = makeSources(measurementsSchema.parse({ one: measurement }), world);
  const told = [];
  for (let i = 0; i < times; i += 1) told.push(await source?.sample(new AbortController().signal));
  return times === 1 ? told[0] : told;
}

const from = { series: 'all', source: 'one' };

describe('sources of measurements', () => {
  it('MON-01, MON-11: the application, each minute once, of the watched version alone', async () => {
    const minute = (nth: number, more: object) => ({
      ...{ route: 'GET /a', minute: `1970-01-01T00:${17 + nth}:00.000Z`, requests: 50, errors: 2, p95: 80 },
      ...more,
    });
    const told = [
      minute(0, { version: '2.0.3' }),
      minute(1, { version: 'v2.1.0' }),
      minute(2, { requests: 3, errors: 0 }),
    ];
    const rounds = [
      told.slice(0, 1).map((one) => ({ ...one, minute: '1970-01-01T00:16:00.000Z' })),
      told,
      told,
    ];
    const routes = async () => rounds.shift() ?? [];
    const idle = { ...from, metric: 'error-percent', k: 0, n: 0 };
    const share = { series: 'GET /a', source: 'one', metric: 'error-percent' };
    expect(await tell({ source: 'app' }, { metrics: { routes } }, 3)).toEqual([
      [idle],
      [
        idle,
        { ...share, k: 2, n: 50 },
        { series: 'GET /a', source: 'one', metric: 'p95-ms', value: 80, n: 50 },
        { ...share, k: 0, n: 3 },
      ],
      [idle],
    ]);
  });

  it('MON-04, MON-10, SUC-04: the database, timed by us', async () => {
    const postgres = {
      ping: async () => ({ latencyMs: 12 }),
      poolUsage: async () => ({ used: 20, limit: 80, limitedView: false }),
    };
    expect(await tell({ source: 'database' }, { postgres })).toEqual([
      { ...from, metric: 'query-p95-ms', value: 12, n: 1 },
      { ...from, metric: 'pool-percent', value: 25 },
    ]);
  });

  it('EXT-05, RBC-P0-3: integrity against the baseline; growth is no violation, and no baseline no answer', async () => {
    const postgres = { readNumber: async () => 9, references: async () => [] };
    const facts = { baseline: { at: 1, numbers: { a: 10, g: 1 } } };
    const [violations] = [{ ...from, metric: 'integrity-violations', value: 1, n: 1 }];
    expect(await tell({ source: 'integrity' }, { postgres }, 1, facts)).toEqual([violations]);
    await expect(tell({ source: 'integrity' }, { postgres })).rejects.toMatchObject({
      code: 'E_NO_BASELINE',
    });
  });

  it('EXT-05: a query without an answer is no answer, unless another one shows a violation', async () => {
    const late = new ReleaseError('E_DB_TIMEOUT', { what: 'Too slow.', next: 'wait', state: 'untouched' });
    const rule = { title: 'Rows', expect: 'not-fewer', mayDeletePercent: 5 };
    const integrity = [
      { ...rule, id: 'a', sql: 'select 1' },
      { ...rule, id: 'b', sql: 'select 2' },
    ];
    const answers = (a: number) => ({
      readNumber: async (_env: string, sql: string) => (sql === 'select 1' ? a : Promise.reject(late)),
      references: async () => [],
    });
    const facts = { baseline: { at: 1, numbers: { a: 10, b: 10 } } };
    const ask = (a: number) =>
      tell({ source: 'integrity' }, { postgres: answers(a) }, 1, facts, { integrity });
    await expect(ask(10)).rejects.toMatchObject({ code: 'E_DATA_UNKNOWN' });
    expect(await ask(9)).toMatchObject([{ value: 1 }]);
  });

  it('RBC-P0-3, E-26: fewer rows are no P0 where a user may have deleted them; it says what is known', async () => {
    const rule = { id: 'a', title: 'Assessments', sql: 'select 1', expect: 'not-fewer' };
    const kept = { id: 'k', title: 'Files', expect: 'no-row-lost', table: 'files', key: 'id' };
    const facts = { baseline: { at: 1, numbers: { a: 200, k: 200, 'k:largest': 200 } } };
    const postgres = { readNumber: async () => 199, references: async () => [] };
    const ask = (one: object) => tell({ source: 'integrity' }, { postgres }, 1, facts, { integrity: [one] });
    for (const one of [rule, kept, { ...rule, mayDeletePercent: 0.5 }])
      await expect(ask(one)).rejects.toMatchObject({
        code: 'E_DATA_UNKNOWN',
        text: {
          what: expect.stringContaining(': 199 (baseline 200): 1 fewer, and nobody records who deleted'),
        },
      });
    // Where it is known that nobody may delete so many, or how many did, a shortfall is what it looks like.
    const deletions = 'select count(*) from deletions where at > {baseline}';
    for (const one of [
      { ...rule, mayDeletePercent: 0 },
      { ...kept, mayDeletePercent: 0.1 },
    ])
      expect(await ask(one)).toMatchObject([{ value: 1 }]);
    const none = { readNumber: async (_: string, sql: string) => (sql.includes('deletions') ? 0 : 199) };
    const counted = { postgres: { ...postgres, ...none } };
    const integrity = [{ ...kept, deletions }];
    expect(await tell({ source: 'integrity' }, counted, 1, facts, { integrity })).toMatchObject([
      { value: 1 },
    ]);
  });

  it('EXT-05: no query that can be asked again is no answer, and not zero violations', async () => {
    const growth = { id: 'g', row: 'DAT-06', title: 'Growth', sql: 'select 2' };
    const integrity = [{ ...growth, expect: 'within-percent', percent: 5 }];
    const facts = { baseline: { at: 1, numbers: { g: 1 } } };
    const postgres = { readNumber: async () => 9 };
    await expect(tell({ source: 'integrity' }, { postgres }, 1, facts, { integrity })).rejects.toMatchObject({
      code: 'E_NOT_CONFIGURED',
    });
  });

  it('RBC-P0-4, RBC-P1-5: counts nothing of before users came, and no delivery is no share', async () => {
    const asked: number[] = [];
    const stripe = {
      payments: async (_: string, since: Date) => {
        asked.push(since.getTime());
        return { succeeded: 20, declined: 0, failed: 0 };
      },
      // What happened in the last two minutes may still be on its way.
      deliveries: async (_: string, since: Date, until: Date) => {
        asked.push(since.getTime(), until.getTime());
        return { total: 0, failed: 0 };
      },
    };
    expect(await tell({ source: 'stripe' }, { stripe }, 1, {}, { open: 990_000 })).toEqual([
      { ...from, metric: 'payment-success-percent', value: 100, n: 20 },
      { ...from, metric: 'webhook-failure-percent', value: null, n: 0 },
    ]);
    expect(asked).toEqual([990_000, 990_000, 880_000]);
  });

  it('MON-03, E-17: payments without what banks decline', async () => {
    const stripe = {
      payments: async () => ({ succeeded: 19, declined: 40, failed: 1 }),
      deliveries: async () => ({ total: 50, failed: 1 }),
    };
    expect(await tell({ source: 'stripe' }, { stripe })).toEqual([
      { ...from, metric: 'payment-success-percent', value: 95, n: 20 },
      { ...from, metric: 'webhook-failure-percent', value: 2, n: 50 },
    ]);
  });

  it('a query of Prometheus: few samples are no value, and a series that is gone says so', async () => {
    const series = [
      ['GET /a', 120, 50],
      ['GET /b', 90, 5],
    ] as const;
    let round = 0;
    const ask = async ({ query }: { query: string }) => {
      if (query.startsWith('p95')) round += 1;
      const left = round > 1 ? series.slice(0, 1) : series;
      return left.map(([route, p95, n]) => ({ labels: { route }, value: query.startsWith('p95') ? p95 : n }));
    };
    const measurement = {
      ...{
        source: 'prometheus',
        url: 'http://prom.example',
        metric: 'p95-ms',
        query: 'p95{version="{version}"}',
      },
      ...{ series: 'route', samples: 'count', minSamples: 20 },
    };
    const one = { metric: 'p95-ms', source: 'one' };
    expect(await tell(measurement, { prometheus: { ask } }, 2)).toEqual([
      [
        { ...one, series: 'GET /a', value: 120, n: 50 },
        { ...one, series: 'GET /b', value: null, n: 5 },
      ],
      [
        { ...one, series: 'GET /a', value: 120, n: 50 },
        { ...one, series: 'GET /b', value: null },
      ],
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -3])(
    'a query of Prometheus: %d samples are none',
    async (n) => {
      const ask = async ({ query }: { query: string }) => [{ labels: {}, value: query === 'count' ? n : 7 }];
      const measurement = {
        ...{ source: 'prometheus', url: 'http://prom.example', metric: 'p95-ms', query: 'p95' },
        ...{ samples: 'count', minSamples: 20 },
      };
      expect(await tell(measurement, { prometheus: { ask } })).toEqual([
        { metric: 'p95-ms', source: 'one', series: 'all', value: null, n: 0 },
      ]);
    },
  );

  it('MON-06, EXT-02: lines of a log that match, and a command that prints them', async () => {
    const log = { source: 'log', metric: 'log-errors' };
    const readNew = async () => ['INFO fine', 'ERROR one', 'level=error two'];
    expect(await tell({ ...log, file: 'app.log', match: '/error/i' }, { logs: { readNew } })).toEqual([
      { ...from, metric: 'log-errors', value: 2 },
    ]);
    const line = async () => ({ code: 0, out: 'ERROR x\n', err: '', tookMs: 1, timedOut: false });
    const command = { ...log, command: 'tail app.log', match: 'ERROR' };
    expect(await tell(command, { shell: { line } })).toEqual([{ ...from, metric: 'log-errors', value: 1 }]);
    const broken = async () => ({ code: 1, out: '', err: '', tookMs: 1, timedOut: false });
    await expect(tell(command, { shell: { line: broken } })).rejects.toThrow('ended with 1');
  });

  it('MON-07: a number that a query answers', async () => {
    const measurement = { source: 'sql', metric: 'job-lag-seconds', sql: 'select 1' };
    expect(await tell(measurement, { postgres: { readNumber: async () => 42 } })).toEqual([
      { ...from, metric: 'job-lag-seconds', value: 42 },
    ]);
  });
});
