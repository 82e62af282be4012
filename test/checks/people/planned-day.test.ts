import { describe, expect, it } from 'vitest';
import check from '../../../checks/people/planned-day.check.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Policy, Scope, Services } from '../../../src/kit.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const release = { version: 'v2.2.0', branch: 'release/v2.2.0', commit: 'b'.repeat(40), from: 'v2.1.0' };

const policyAt = (now: string, plannedDay: JsonObject | undefined, over: Partial<Policy> = {}): Policy =>
  makePolicy({
    ...{ release, now: new Date(now), facts: plannedDay === undefined ? {} : { plannedDay } },
    ...over,
  });

async function ask(policy: Policy) {
  const scope: Scope = { ...policy, signal: new AbortController().signal };
  return check.judge(await check.probe({} as Services, scope), policy);
}

describe('the planned day', () => {
  it.each([
    ['2026-12-08T15:00:00Z', 'pass', 'planned for Tue 8 Dec, which is today'],
    ['2026-12-09T03:00:00Z', 'pass', 'planned for Tue 8 Dec, which is today'],
    ['2026-12-03T15:00:00Z', 'fail', 'planned for Tue 8 Dec: today is 5 days earlier'],
    ['2026-12-08T04:59:00Z', 'fail', 'planned for Tue 8 Dec: today is 1 day earlier'],
    ['2026-12-09T15:00:00Z', 'warn', 'planned for Tue 8 Dec, 1 day ago'],
  ])('PRE-33: at %s it is %s', async (now, outcome, said) => {
    expect(await ask(policyAt(now, { day: '2026-12-08' }))).toMatchObject({ outcome, said });
  });

  it('PRE-33: earlier than planned is HOLD, and says how to plan another day and how to go all the same', async () => {
    const judged = await ask(policyAt('2026-12-03T15:00:00Z', { day: '2026-12-08' }));
    expect(judged).toMatchObject({ holds: true, about: { day: '2026-12-08' } });
    expect(judged.remedy).toContain('release prepare v2.2.0 --for');
    expect(judged.remedy).toContain('--waive people.planned-day --reason');
  });

  it('PRE-33: without a day it is not asked, unless the runbook requires one', async () => {
    const now = '2026-12-03T15:00:00Z';
    expect(check.absent?.(policyAt(now, {}))).toBe('no day is planned');
    const runbook = makeRunbook({ calendar: { plannedDay: 'required' } });
    const policy = policyAt(now, {}, { runbook });
    expect(check.absent?.(policy)).toBeUndefined();
    expect(await ask(policy)).toMatchObject({ outcome: 'fail', holds: true });
  });

  it('PRE-33: a record that cannot be read is unknown, and never no day', async () => {
    const policy = policyAt('2026-12-08T15:00:00Z', { unread: 'The ledger does not answer.' });
    expect(check.absent?.(policy)).toBeUndefined();
    await expect(ask(policy)).rejects.toMatchObject({ code: 'E_LEDGER_UNREADABLE' });
  });

  it('is not asked of what is live, nor where nothing is protected', () => {
    const planned = { day: '2026-12-08' };
    const live = { release: { ...release, from: 'v2.2.0' } };
    expect(check.absent?.(policyAt('2026-12-03T15:00:00Z', planned, live))).toBe('v2.2.0 is live');
    const { environment } = policyAt('2026-12-03T15:00:00Z', planned);
    const open = { environment: { ...environment, protected: false } };
    expect(check.absent?.(policyAt('2026-12-03T15:00:00Z', planned, open))).toContain('protected');
  });
});
