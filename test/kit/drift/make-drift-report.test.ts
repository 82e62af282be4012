import { expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.ts';
import { makeDriftReport } from '../../../src/kit/drift/make-drift-report.ts';

const baseline = {
  run: 'r-1',
  at: '2026-11-20T15:00:00.000Z',
  by: 'Dana Ito',
  reason: 'first',
  state: { webhook: { we_1: 'enabled' } },
  version: 'v2.0.3',
  commit: 'a'.repeat(40),
};
const finding = (over: Partial<Finding>): Finding => ({
  check: 'drift.webhooks',
  title: 'x',
  room: 'drift',
  runbook: [],
  weight: 'advisory',
  outcome: 'pass',
  said: '1 as accepted',
  startMs: 0,
  durationMs: 1,
  timeoutMs: 10_000,
  at: '2026-11-21T15:00:00.000Z',
  freshForMs: 0,
  digest: 'd',
  ...over,
});
const seen = finding({
  evidence: {
    kind: 'webhook',
    area: { we_1: 'enabled' },
    isCompared: true,
    changes: [],
    explained: [],
    by: [],
  },
});
const callWith = (own: Partial<Finding>) =>
  makeDriftReport(
    { findings: [seen, finding({ weight: 'blocker', ...own })], absent: [] },
    { baseline, moves: [] },
  ).call;

it('DRF-04: a check of one’s own in the gate that says no, or does not know, is not clean', () => {
  expect(callWith({ check: 'security.open-ports', room: 'security' })).toBe('clean');
  expect(callWith({ check: 'security.open-ports', room: 'security', outcome: 'fail' })).toBe('drifted');
  expect(callWith({ check: 'security.open-ports', room: 'security', outcome: 'unknown' })).toBe('unknown');
  expect(callWith({ check: 'source.back-merged', outcome: 'unknown', weight: 'advisory' })).toBe('clean');
});

it('DRF-04: such a check may live in the room of drift, with evidence of its own', () => {
  expect(callWith({ check: 'drift.cron-jobs', evidence: { jobs: 3 } })).toBe('clean');
});
