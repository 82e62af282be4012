import { describe, expect, it } from 'vitest';
import check from '../../../checks/parity/weekly.check.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const staging = { url: 'https://staging.example' };
const production = { url: 'https://rur2.example' };
const policy = makePolicy({
  runbook: makeRunbook({ environments: { staging, production } }),
  facts: { parity: {} },
});
const judged = (ago: number) => check.judge(new Date(policy.now.getTime() - ago).toISOString(), policy);
const WEEK = 7 * 86_400_000;

describe('the weekly comparison', () => {
  it('PAR-01: is fine within seven days, and a warning after', () => {
    expect(judged(WEEK)).toMatchObject({ outcome: 'pass' });
    expect(judged(WEEK + 1)).toMatchObject({ outcome: 'warn', remedy: expect.stringContaining('cron') });
    expect(check.judge(undefined, policy)).toMatchObject({
      outcome: 'warn',
      said: 'release parity was never run',
    });
  });

  it('PAR-01: is known from the ledger alone, and not known when that cannot be read', async () => {
    expect(
      await check.probe(onlyThese({}), { ...policy, facts: { parity: { at: '2026-11-20T00:00:00Z' } } }),
    ).toBe('2026-11-20T00:00:00Z');
    const unread = { ...policy, facts: { parity: { unread: 'The ledger is torn.' } } };
    expect((await failureOf(check.probe(onlyThese({}), unread))).code).toBe('E_LEDGER_UNREADABLE');
  });

  it('is not asked where nothing can be compared, or outside of preflight', () => {
    expect(check.absent?.(policy)).toBeUndefined();
    expect(check.absent?.({ ...policy, facts: {} })).toContain('preflight');
    expect(check.absent?.({ ...policy, env: 'staging' })).toContain('no environment');
    expect(check.absent?.({ ...policy, runbook: makeRunbook() })).toContain('no environment');
  });
});
