import { describe, expect, it } from 'vitest';
import type { DeployFacts } from '../../src/plans/plan-deploy.ts';
import { planIdOf } from '../../src/plans/plan-id.ts';
import { makeRunbook } from '../support/policy.ts';

const facts: DeployFacts = {
  version: 'v2.1.0',
  from: 'v2.0.3',
  main: 'a'.repeat(40),
  branch: 'b'.repeat(40),
  branchName: 'release/v2.1.0',
  pending: ['0043_export_index'],
  at: '2026-11-24T15:00:00.000Z',
  configDigest: 'digest',
  notes: {},
  run: 'r-20261124-1500-7f3a',
};
const idOf = (over: Partial<DeployFacts> = {}) =>
  planIdOf({ ...facts, ...over }, makeRunbook(), 'production');
const measured = (tookMs: number) =>
  new Map([
    ['0043_export_index', { tag: '0043_export_index', cost: 'rewrite' as const, tookMs, lockedMs: 9 }],
  ]);

describe('the short name of a plan', () => {
  it('is the same whenever and by whomever the plan is made, and however long things took', () => {
    expect(idOf()).toMatch(/^p-[0-9a-f]{8}$/);
    expect(idOf({ run: 'r-20261124-1600-0001', at: '2026-11-24T16:00:00.000Z' })).toBe(idOf());
    expect(idOf({ rehearsed: measured(8000) })).toBe(idOf({ rehearsed: measured(40) }));
  });

  it.each([
    ['the version', { version: 'v2.1.1' as const }],
    ['what is live', { from: 'v2.0.2' }],
    ['main', { main: 'c'.repeat(40) }],
    ['the branch', { branch: 'c'.repeat(40) }],
    ['its migrations', { pending: [] }],
    ['the configuration', { configDigest: 'other' }],
  ] as const)('is another one when %s has moved', (_, over) => {
    expect(idOf(over as Partial<DeployFacts>)).not.toBe(idOf());
  });
});
