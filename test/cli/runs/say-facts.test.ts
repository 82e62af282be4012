import { describe, expect, it } from 'vitest';
import { sayFacts } from '../../../src/cli/runs/say-facts.ts';

const seen = (states: readonly string[], left: readonly string[] = [], requests = 280) => ({
  endpoints: states.map((state, i) => ({ endpoint: `GET /things/${i + 1}`, state, p95Ms: 176 })),
  requests,
  cleanup: { left: [...left] },
});

describe('the facts at the end of a run', () => {
  it('are none when no step recorded any', () => {
    expect(sayFacts({})).toEqual([]);
    expect(sayFacts({ announce: { sent: [] }, 'gate-smoke': { call: 'go' } })).toEqual([]);
  });

  it('count the endpoints that were asked, near a limit or not, and name those left out', () => {
    expect(sayFacts({ smoke: seen(['pass', 'close', 'fail', 'unknown', 'skip']) })).toEqual([
      'smoke 2/4 endpoints, 280 requests · left out, not proven: GET /things/5',
    ]);
    expect(sayFacts({ smoke: seen(['pass'], [], 1) })).toEqual(['smoke 1/1 endpoints, 1 request']);
  });

  it('F35: of a run that was taken over do not say that users are out: its successor may have let them in', () => {
    const held = { 'maintenance-on': {}, 'pause-jobs': {}, 'webhooks-off': { at: '14:00' } };
    expect(sayFacts(held).join()).toMatch(/MAINTENANCE IS ON.*paused.*Stripe was silent/);
    expect(sayFacts(held, { isTakenOver: true })).toEqual([]);
  });

  it('E-72: name what the smoke tests left behind', () => {
    expect(sayFacts({ smoke: seen(['pass'], ['DELETE /things/1', 'DELETE /things/2']) })[0]).toContain(
      'left behind: DELETE /things/1, DELETE /things/2',
    );
  });

  it('name migrations that were applied, or else those that were taken back', () => {
    const applied = { 'migrate:0042_a': { applied: '0042_a' }, 'migrate:0043_b': { applied: '0043_b' } };
    expect(sayFacts(applied)).toEqual(['database: 0042_a, 0043_b applied']);
    expect(sayFacts({ 'revert:0043_b': { reverted: '0043_b' } })).toEqual(['database: 0043_b taken back']);
  });

  it('say what proved it, what was saved, and what a restore kept', () => {
    expect(
      sayFacts({
        'prove-live': { version: '2.1.0', answers: 3 },
        backup: { name: 'pre-v2.1.0', at: '2025-10-01T14:00:41Z' },
        'restore-database': { keptAs: 'pre-rollback-v2.0.3' },
      }),
    ).toEqual([
      '2.1.0 answered 3 times in a row',
      'database restored; what it took, from pre-rollback-v2.0.3: release rollback --reconcile',
      'backup pre-v2.1.0 at 2025-10-01T14:00:41Z',
    ]);
  });
});
