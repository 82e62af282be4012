import type { Reported } from './write-reports.ts';

const trend = (p95: number) => ({
  avg: p95 * 0.5,
  min: 2,
  med: p95 * 0.45,
  max: p95 * 2,
  'p(90)': p95 * 0.9,
  'p(95)': p95,
});

/** What `k6 run --summary-export` writes. There, false is a limit that was kept. */
export const makeLoadReport = (): object => ({
  metrics: {
    http_req_duration: { ...trend(141.8), thresholds: { 'p(95)<200': false } },
    db_query_duration: trend(38.2),
    http_reqs: { count: 5_400, rate: 90 },
    http_req_failed: { passes: 0, fails: 5_400, value: 0, thresholds: { 'rate<0.01': false } },
  },
  root_group: { name: '', path: '', groups: {}, checks: {} },
});

/** What Lighthouse writes about one load of a page. */
export const makePageReport = ({ at }: Reported, ms: number): object => ({
  lighthouseVersion: '12.6.0',
  fetchTime: at.toISOString(),
  finalDisplayedUrl: 'https://rur2-staging.replit.app/',
  audits: {
    'largest-contentful-paint': {
      id: 'largest-contentful-paint',
      numericValue: ms,
      numericUnit: 'millisecond',
    },
  },
});
