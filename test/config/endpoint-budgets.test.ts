import { describe, expect, it } from 'vitest';
import { judgeShare } from '../../src/domain/smoke/error-share.ts';
import { judgeEndpoint } from '../../src/domain/smoke/judge-endpoint.ts';
import type { Sample } from '../../src/domain/smoke/sample.ts';
import { levelAt, ruleOf, runbook } from '../support/rule-level.ts';

interface Row {
  readonly p95: number;
  readonly max: number;
  /** Percent. */
  readonly errors: number;
  /** Clean answers that prove the share of errors (E-24). */
  readonly clean: number;
}

const many = (n: number, tookMs: number): Sample[] => Array.from({ length: n }, () => ({ tookMs }));

const limitsOf = (endpoint: string) => {
  const found = Object.values(runbook.budgets).filter((budget) => budget.endpoint === endpoint);
  expect(found).toHaveLength(1);
  const { p95Ms = 0, maxMs = 0, errorPercent = 0 } = found[0] ?? {};
  return { p95Ms, maxMs, errorPercent };
};

/** 124 answers of the smoke tests, and the largest of them. */
function smokeJudges(endpoint: string, { p95, max, errors, clean }: Row): void {
  const limits = limitsOf(endpoint);
  expect(limits).toEqual({ p95Ms: p95, maxMs: max, errorPercent: errors });
  const judge = (...samples: readonly Sample[]) =>
    judgeEndpoint(samples, { limits, p95: 'here', closePercent: 101 }).state;
  expect(judge(...many(124, p95))).toBe('pass');
  expect(judge(...many(113, p95), ...many(11, p95 + 0.1))).toBe('fail');
  expect(judge(...many(123, 1), ...many(1, max))).toBe('pass');
  expect(judge(...many(123, 1), ...many(1, max + 0.1))).toBe('fail');
  expect([judgeShare(0, clean - 1, errors), judgeShare(0, clean, errors)]).toEqual(['watch', 'pass']);
  // So few that one of them is more than the share: seen, and not a matter of proof.
  expect(judgeShare(1, Math.floor(100 / errors) - 1, errors)).toBe('fail');
}

/** Five minutes of real traffic: HOLD from the limit on, and a hair below it all is well. */
function watchJudges(series: string, { p95, errors }: Row): void {
  const after = (rule: string, value: number, minutes = 5) =>
    levelAt(ruleOf(rule), value, minutes * 60, 'critical', { series });
  expect([
    after('endpoint-p95', p95 * 0.999, 30),
    after('endpoint-p95', p95, 4),
    after('endpoint-p95', p95),
  ]).toEqual(['ok', 'ok', 'hold']);
  expect([
    after('endpoint-errors', errors * 0.999, 30),
    after('endpoint-errors', errors, 4),
    after('endpoint-errors', errors),
  ]).toEqual(['ok', 'ok', 'hold']);
}

function isHeld(endpoint: string, row: Row): void {
  smokeJudges(endpoint, row);
  watchJudges(endpoint, row);
}

describe('the budget of each endpoint, in smoke tests and on the watch', () => {
  it('PER-01: GET /health answers within 100 ms, never over 200, wrong in less than 0.1 %', () => {
    isHeld('GET /health', { p95: 100, max: 200, errors: 0.1, clean: 2995 });
  });

  it('PER-02: GET /api/health answers within 200 ms, never over 400, wrong in less than 0.1 %', () => {
    isHeld('GET /api/health', { p95: 200, max: 400, errors: 0.1, clean: 2995 });
  });

  it('PER-03: a login answers within 300 ms, never over 600, wrong in less than 0.5 %', () => {
    isHeld('POST /api/auth/login', { p95: 300, max: 600, errors: 0.5, clean: 598 });
  });

  it('PER-04: the list answers within 250 ms, never over 500, wrong in less than 0.5 %', () => {
    isHeld('GET /api/assessments', { p95: 250, max: 500, errors: 0.5, clean: 598 });
  });

  it('PER-05: a creation answers within 400 ms, never over 800, wrong in less than 1 %', () => {
    isHeld('POST /api/assessments', { p95: 400, max: 800, errors: 1, clean: 299 });
  });

  it('PER-06: one assessment answers within 300 ms, never over 600, wrong in less than 0.5 %', () => {
    isHeld('GET /api/assessments/:id', { p95: 300, max: 600, errors: 0.5, clean: 598 });
  });

  it('PER-07: the webhook answers within 200 ms, never over 400, wrong in less than 0.1 %', () => {
    isHeld('POST /api/payments/webhook', { p95: 200, max: 400, errors: 0.1, clean: 2995 });
  });

  it('PER-08: a checkout answers within 500 ms, never over 1000, wrong in less than 1 %', () => {
    isHeld('POST /api/payments/create-checkout', { p95: 500, max: 1000, errors: 1, clean: 299 });
  });

  it('PER-09: an upload answers within 1000 ms, never over 2000, wrong in less than 2 %', () => {
    isHeld('POST /api/assessments/:id/evidence', { p95: 1000, max: 2000, errors: 2, clean: 149 });
  });

  it('PER-10: an export answers within 500 ms, never over 1000, wrong in less than 1 %', () => {
    isHeld('POST /api/assessments/:id/export', { p95: 500, max: 1000, errors: 1, clean: 299 });
  });

  it('PER-11: the three that the table forgets have a limit each, and twice of it as their Max (E-25, E-80)', () => {
    isHeld('GET /api/auth/me', { p95: 150, max: 300, errors: 0.5, clean: 598 });
    isHeld('GET /api/health/db', { p95: 150, max: 300, errors: 0.1, clean: 2995 });
    isHeld('GET /api/exports/:id/download', { p95: 2000, max: 4000, errors: 1, clean: 299 });
  });
});
