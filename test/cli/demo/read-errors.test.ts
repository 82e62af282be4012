import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readErrors } from '../../../src/cli/demo/read-errors.ts';
import type { RouteMinute } from '../../../src/services/metrics/port.ts';
import { gitAlone } from '../cli-world.ts';

const runbook = gitAlone({
  budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
  smoke: {
    calls: [
      { id: 'health', row: 'SMK-01', path: '/health', budget: 'fast', critical: true },
      { id: 'login', row: 'SMK-03', method: 'POST', path: '/login', budget: 'fast', critical: true },
      { id: 'me', row: 'SMK-04', path: '/me', budget: 'fast' },
    ],
  },
});
const minute = (nth: number): string => `2025-10-01T14:${String(nth).padStart(2, '0')}:00.000Z`;
const measured = (
  nth: number,
  route: string,
  errors: number,
  requests: number,
  version = '2.1.0',
): RouteMinute => ({
  minute: minute(nth),
  route,
  errors,
  requests,
  version,
});
const read = (...minutes: RouteMinute[]) => readErrors(minutes, runbook, '2.1.0');

describe('the errors of a minute', () => {
  it('are those of the critical endpoint with the largest share, not with the most errors', () => {
    expect(read(measured(1, 'GET /health', 20, 1000), measured(1, 'POST /login', 5, 50))).toEqual([
      { minute: minute(1), percent: 10, route: 'POST /login', errors: 5, requests: 50 },
    ]);
  });

  it('are never those of an endpoint that is not critical, nor of another version', () => {
    expect(read(measured(1, 'GET /me', 50, 50), measured(1, 'GET /health', 50, 50, '2.0.3'))).toEqual([]);
    expect(read(measured(1, 'GET /health', 0, 50), measured(1, 'POST /health', 50, 50))).toMatchObject([
      { percent: 0 },
    ]);
  });

  it.each([
    [9, undefined],
    [10, 100],
  ])('are not known from fewer than ten requests: %i', (requests, percent) => {
    expect(read(measured(1, 'GET /health', requests, requests))).toMatchObject([{ percent }]);
  });

  it('come oldest first, one for each minute, in whatever order they were measured', () => {
    const given = [1, 2, 3, 4].map((nth) => measured(nth, 'GET /health', nth, 100));
    fc.assert(
      fc.property(fc.shuffledSubarray(given, { minLength: 4 }), (minutes) => {
        expect(read(...minutes).map(({ percent }) => percent)).toEqual([1, 2, 3, 4]);
      }),
    );
  });
});
