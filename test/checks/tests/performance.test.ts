import { describe, expect, it } from 'vitest';
import check from '../../../checks/tests/performance.check.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';
import { doorsOf, release } from '../../support/reports/evidence-doors.ts';

const benchmarks = { k6: ['reports/k6.json'], lighthouse: ['reports/page.json'] };
const scopeWith = (over: object = {}) =>
  makePolicy({ release, runbook: makeRunbook({ evidence: { benchmarks: { ...benchmarks, ...over } } }) });
const load = (p95: number, count = 900) => ({
  metrics: { http_req_duration: { 'p(95)': p95 }, db_query: { 'p(95)': p95 }, http_reqs: { count } },
});
const page = (ms: number, fetchTime = '2026-11-24T12:00:00.000Z') => ({
  lighthouseVersion: '12.6.0',
  fetchTime,
  audits: { 'largest-contentful-paint': { numericValue: ms, numericUnit: 'millisecond' } },
});

async function judge(k6: unknown, lighthouse: unknown, asked = scopeWith()) {
  const services = doorsOf({ 'reports/k6.json': k6, 'reports/page.json': lighthouse });
  return check.judge(await check.probe(services, asked), asked);
}

describe('PRE-10, PRE-11, PRE-20, HOP-07: the limits', () => {
  it.each([
    [199.9, 1999, 'pass'],
    [200, 1999, 'fail'],
    [199.9, 2000, 'fail'],
  ])('requests of %s ms and a page of %s ms are %s', async (p95, ms, outcome) => {
    expect((await judge(load(p95), page(ms))).outcome).toBe(outcome);
  });
});

it.each([
  [99.9, 'pass'],
  [100, 'fail'],
])('PRE-12: queries of %s ms are %s', async (p95, outcome) => {
  expect((await judge(load(p95), page(1), scopeWith({ queryMetric: 'db_query' }))).outcome).toBe(outcome);
});

it('PRE-09: reports that are missing, too small or older than the candidate are not known', async () => {
  expect((await failureOf(judge(undefined, page(1)))).text.next).toContain(
    'k6 run --summary-export=reports/k6.json',
  );
  expect((await failureOf(judge(load(1), undefined))).text.next).toContain('lighthouse');
  expect((await failureOf(judge(load(1, 19), page(1)))).code).toBe('E_EVIDENCE_GAP');
  expect((await failureOf(judge(load(1), page(1, '2026-11-24T09:00:00.000Z')))).code).toBe('E_REPORT_STALE');
});

it('PRE-09: a slow answer is no, also when there are too few of them', async () => {
  expect((await judge(load(900, 3), page(1))).outcome).toBe('fail');
});
