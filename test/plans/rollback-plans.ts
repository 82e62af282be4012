import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../support/policy.ts';

export const facts = (over: Partial<RollbackFacts> = {}): RollbackFacts => ({
  from: 'v2.1.0',
  to: 'v2.0.3',
  main: 'a'.repeat(40),
  treeIsThere: false,
  isCodeAway: false,
  covers: [],
  commit: 'a'.repeat(40),
  data: { kind: 'down', commit: 'd'.repeat(40), tags: ['0043_a', '0044_b'] },
  readsData: true,
  at: '2026-11-24T15:00:00.000Z',
  reason: 'error rate 6.2 %',
  severity: 'P0',
  configDigest: 'digest',
  run: 'r-20261124-1500-7f3a',
  ...over,
});
export const restoring = (keepAs = 'kept') =>
  ({
    kind: 'restore',
    at: '2026-11-24T14:26:00.000Z',
    lsn: '0/16B3748',
    xid: '757:757:',
    keepAs,
    agreedMinutes: 34,
  }) as const;
export const runbook = makeRunbook({
  smoke: { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] },
});
export const plan = (over: Partial<RollbackFacts> = {}) => planRollback(facts(over), runbook, 'production');
export const names = (over: Partial<RollbackFacts> = {}): string[] =>
  plan(over).entries.map((entry) => entry.name);
