import { expect, it } from 'vitest';
import type { Incident } from '../../../src/ledger/find-incident.ts';
import { judgePerformance } from '../../../src/report/postmortem/judge-performance.ts';

interface Row {
  readonly p95Ms: number | null;
  readonly n?: number;
  readonly errors?: number;
}

const runOf = (version: string, from: string, row: Row) => ({
  plan: { version, from, entries: [{ kind: 'step', name: 'smoke', step: 'app.smoke-test' }] },
  facts: { smoke: { endpoints: [{ endpoint: 'GET /a', n: 59, errors: 0, ...row }] } },
});
const judge = (bad: Row, good: Row) =>
  judgePerformance({
    deploy: runOf('v2.1.0', 'v2.0.3', bad),
    rollback: runOf('v2.0.3', 'v2.1.0', good),
  } as unknown as Incident);

it('PIR-15: says so where every endpoint was measured in both runs and none was slower', () => {
  const said =
    'no endpoint of v2.1.0 was slower than with v2.0.3: 1 endpoint in the smoke tests of both runs';
  expect(judge({ p95Ms: 110 }, { p95Ms: 100 })).toBe(said);
});

it.each([
  ['slower', { p95Ms: 111 }, { p95Ms: 100 }],
  ['not measured', { p95Ms: null }, { p95Ms: 100 }],
  ['not measured before', { p95Ms: 100 }, { p95Ms: null }],
  ['measured too seldom', { p95Ms: 100, n: 19 }, { p95Ms: 100 }],
  ['failing, which looks fast', { p95Ms: 5, errors: 3 }, { p95Ms: 100 }],
] as const)('PIR-15: an endpoint that is %s is left to people', (_, bad, good) => {
  expect(judge(bad, good)).toBeUndefined();
});
