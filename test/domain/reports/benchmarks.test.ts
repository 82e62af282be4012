import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BenchmarkReport } from '../../../src/domain/reports/benchmark.ts';
import { readK6 } from '../../../src/domain/reports/read-k6.ts';
import { readLighthouse } from '../../../src/domain/reports/read-lighthouse.ts';
import { areSlow, findBenchmarkGap, judgeBenchmarks } from '../../../src/domain/reports/weigh-benchmarks.ts';

const LIMITS = { api: 200, query: 100, page: 2000, failedPercent: 1 };
const NAMES = { api: 'http_req_duration', query: undefined };
const trend = { avg: 90, min: 10, med: 80, max: 400, 'p(90)': 130 };

const k6 = (value: unknown, names: Parameters<typeof readK6>[1] = NAMES): BenchmarkReport => {
  const read = readK6(JSON.stringify(value), names);
  if (!read.ok) throw new Error(read.flaw);
  return read.report;
};
const k6Flaw = (text: string): string => {
  const read = readK6(text, NAMES);
  return read.ok ? 'none' : read.flaw;
};
const one = (kind: 'api' | 'query' | 'page', ms: number, samples = 1000): BenchmarkReport => ({
  readings: [{ name: 'x', kind, ms, samples }],
  crossed: [],
});

describe('a summary of k6', () => {
  const exported = {
    metrics: {
      http_req_duration: { ...trend, 'p(95)': 148.2, thresholds: { 'p(95)<200': false } },
      db_query: { ...trend, 'p(95)': 41 },
      http_reqs: { count: 1200, rate: 20 },
      http_req_failed: { passes: 6, fails: 1194, value: 0.005 },
    },
    root_group: { name: '', checks: {} },
  };
  const handled = {
    state: { testRunDurationMs: 60_000 },
    metrics: {
      http_req_duration: {
        type: 'trend',
        contains: 'time',
        values: { ...trend, 'p(95)': 148.2 },
        thresholds: { 'p(95)<100': { ok: false }, 'p(95)<200': { ok: true } },
      },
      http_reqs: { type: 'counter', contains: 'default', values: { count: 1200, rate: 20 } },
      http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0.005, passes: 6, fails: 1194 } },
    },
  };

  it('PRE-09: is read in both of its shapes; in one of them false means that a limit was kept', () => {
    const reading = { name: 'http_req_duration', kind: 'api', ms: 148.2, samples: 1200 };
    expect(k6(exported)).toEqual({ readings: [reading], failedPercent: 0.5, crossed: [] });
    expect(k6(handled)).toEqual({
      readings: [reading],
      failedPercent: 0.5,
      crossed: ['http_req_duration: p(95)<100'],
    });
    const crossed = { ...exported.metrics.http_req_duration, thresholds: { 'p(95)<100': true } };
    expect(k6({ metrics: { http_req_duration: crossed } }).crossed).toEqual(['http_req_duration: p(95)<100']);
  });

  it('PRE-12: tells the queries when a trend of them is named', () => {
    const read = k6(exported, { ...NAMES, query: 'db_query' });
    expect(read.readings[1]).toEqual({ name: 'db_query', kind: 'query', ms: 41 });
  });

  it('PRE-09: proves nothing without the P95 that it is asked for', () => {
    const cases = ['', '{}', '[]', '{"metrics":{}}', '{"metrics":{"http_req_duration":{"avg":1}}}'];
    for (const text of cases) expect(k6Flaw(text), text).not.toBe('none');
    expect(k6Flaw('{"metrics":{"http_req_duration":{"p(95)":"12"}}}')).toBe(
      'it has no P95 of http_req_duration',
    );
  });

  it('PRE-10, PRE-12: the zeros of a trend that was never measured are no fast answers', () => {
    const never = {
      avg: 0,
      min: 0,
      med: 0,
      max: 0,
      'p(90)': 0,
      'p(95)': 0,
      thresholds: { 'p(95)<200': false },
    };
    const flaw = 'it has no P95 of http_req_duration';
    expect(k6Flaw(JSON.stringify({ metrics: { http_req_duration: never } }))).toBe(flaw);
    const none = { http_req_duration: { ...trend, 'p(95)': 12 }, http_reqs: { count: 0, rate: 0 } };
    expect(k6Flaw(JSON.stringify({ metrics: none }))).toBe(flaw);
    const read = readK6(JSON.stringify({ metrics: { ...exported.metrics, db_query: never } }), {
      ...NAMES,
      query: 'db_query',
    });
    expect(read.ok).toBe(false);
  });

  it('PRE-10: a summary that does not say how many requests were made proves no P95', () => {
    const read = k6({ metrics: { http_req_duration: { ...trend, 'p(95)': 12 } } });
    expect(findBenchmarkGap([read])).toContain('do not say how many');
    const counted = k6(
      { metrics: { grpc_req_duration: { ...trend, 'p(95)': 12, count: 90 } } },
      {
        ...NAMES,
        api: 'grpc_req_duration',
      },
    );
    expect(findBenchmarkGap([counted])).toBeUndefined();
  });

  it('takes any JSON without throwing', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof readK6(text, NAMES).ok === 'boolean'));
    fc.assert(fc.property(fc.json(), (text) => typeof readLighthouse(text, 'x').ok === 'boolean'));
  });
});

describe('a report of Lighthouse', () => {
  const report = {
    lighthouseVersion: '12.6.0',
    fetchTime: '2026-11-24T12:00:00.000Z',
    finalDisplayedUrl: 'https://staging.example/',
    audits: {
      'largest-contentful-paint': { id: 'lcp', score: 0.9, numericValue: 1810.4, numericUnit: 'millisecond' },
      'cumulative-layout-shift': { numericValue: 0.01, numericUnit: 'unitless' },
      'is-on-https': { score: 1 },
    },
  };
  const flawOf = (value: unknown, audit = 'largest-contentful-paint'): string => {
    const read = readLighthouse(JSON.stringify(value), audit);
    return read.ok ? 'none' : read.flaw;
  };

  it('PRE-11: tells one page load and when it was', () => {
    const read = readLighthouse(JSON.stringify(report), 'largest-contentful-paint');
    expect(read.ok && read.report).toEqual({
      readings: [{ name: 'https://staging.example/', kind: 'page', ms: 1810.4, samples: 1 }],
      crossed: [],
      at: '2026-11-24T12:00:00.000Z',
    });
  });

  it('PRE-11: a page that did not load, and a number that is no time, prove nothing', () => {
    expect(flawOf({ ...report, runtimeError: { code: 'NO_FCP' } })).toBe('the page did not load');
    const zero = { 'largest-contentful-paint': { numericValue: 0, numericUnit: 'millisecond' } };
    expect(flawOf({ ...report, audits: zero })).toContain('no milliseconds');
    expect(flawOf(report, 'cumulative-layout-shift')).toContain('no milliseconds');
    expect(flawOf(report, 'is-on-https')).toContain('no milliseconds');
    expect(flawOf(report, 'toString')).toContain('no milliseconds');
  });
});

describe('benchmarks', () => {
  it('PRE-10, PRE-11, PRE-12: must stay below their limit, and exactly at it is too slow', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('api', 'query', 'page'),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (kind, off) => {
          const ms = LIMITS[kind] + off;
          const judged = judgeBenchmarks([one(kind, ms)], LIMITS);
          expect(judged.outcome).toBe(ms < LIMITS[kind] ? 'pass' : 'fail');
          expect(areSlow([one(kind, ms)], LIMITS)).toBe(judged.outcome === 'fail');
        },
      ),
    );
  });

  it('PRE-10: fast answers that are errors are no good answers', () => {
    const failing = (failedPercent: number) => [{ ...one('api', 5), failedPercent }];
    expect(judgeBenchmarks(failing(0.99), LIMITS).outcome).toBe('pass');
    expect(judgeBenchmarks(failing(1), LIMITS).outcome).toBe('fail');
  });

  it('PRE-09: a limit of the test’s own that was crossed counts', () => {
    const judged = judgeBenchmarks([{ ...one('api', 5), crossed: ['checks: rate>0.99'] }], LIMITS);
    expect(judged).toMatchObject({ outcome: 'fail', said: 'crossed: checks: rate>0.99' });
  });

  it('PRE-11: of page loads the P95 decides, of load tests the slowest', () => {
    const loads = Array.from({ length: 20 }, (_, i) => one('page', i === 0 ? 9000 : 1000, 1));
    expect(judgeBenchmarks(loads, LIMITS).outcome).toBe('pass');
    expect(judgeBenchmarks(loads.slice(0, 19), LIMITS).outcome).toBe('fail');
    expect(judgeBenchmarks([one('api', 10), one('api', 300)], LIMITS).outcome).toBe('fail');
  });

  it('E-24: fewer than 20 requests prove no P95, and nothing proves nothing', () => {
    expect(findBenchmarkGap([one('api', 10, 19)])).toBe('19 requests prove no P95; 20 are needed');
    expect(findBenchmarkGap([one('api', 10, 20)])).toBeUndefined();
    expect(findBenchmarkGap([])).toBe('nothing was measured');
  });
});
