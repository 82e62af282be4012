import { describe, expect, it } from 'vitest';
import { failureOf } from '../support/failure-of.ts';
import { ask, check, outcomes, passing, says } from './gate-of-checks.ts';

describe('the verdict', () => {
  it('is NO-GO when nobody was asked', async () => {
    expect((await ask([]).answer()).verdict).toEqual({ call: 'no-go', because: [] });
    const elsewhere = passing('a.one', { gates: ['parity'] });
    expect((await ask([elsewhere]).answer()).verdict.call).toBe('no-go');
    const absent = passing('a.one', { needs: ['slack'] });
    const answer = await ask([absent]).answer();
    expect(answer).toMatchObject({
      verdict: { call: 'no-go' },
      absent: [{ check: 'a.one', why: 'slack not configured' }],
    });
  });

  it('leaves out what does not concern this configuration, and asks when that cannot be told', async () => {
    const absent = passing('a.absent', { absent: () => 'no migrations' });
    const broken = passing('b.broken', {
      absent: () => {
        throw new TypeError('x');
      },
    });
    const answer = await ask([absent, broken]).answer();
    expect(outcomes(answer)).toEqual({ 'b.broken': 'pass' });
    expect(answer.absent).toEqual([{ check: 'a.absent', why: 'no migrations' }]);
  });

  it('is NO-GO for a failed blocker, and go for a failed piece of advice', async () => {
    const failing = (weight: 'blocker' | 'advisory') => check('a.one', async () => says('fail'), { weight });
    expect((await ask([failing('blocker'), passing('b.two')]).answer()).verdict.call).toBe('no-go');
    expect((await ask([failing('advisory'), passing('b.two')]).answer()).verdict.call).toBe('go');
  });

  it('is HOLD when a blocker was left out by hand, which stays visible', async () => {
    const answer = await ask([passing('a.one'), passing('b.two')], { skip: ['b.*'] }).answer();
    expect(outcomes(answer)).toEqual({ 'a.one': 'pass', 'b.two': 'skip' });
    expect(answer.verdict).toMatchObject({ call: 'hold', because: [{ check: 'b.two' }] });
  });

  it('asks only what --only names', async () => {
    const answer = await ask([passing('a.one'), passing('a.two'), passing('b.one')], {
      only: ['a.*'],
    }).answer();
    expect(Object.keys(outcomes(answer))).toEqual(['a.one', 'a.two']);
  });

  it.each(['only', 'skip'] as const)(
    'refuses a pattern of --%s that means no check, before it asks any',
    async (flag) => {
      let asked = 0;
      const one = check('database.connect', async () => {
        asked += 1;
        return says('pass');
      });
      const error = await failureOf(ask([one], { [flag]: ['databse.connect'] }).answer());
      expect([error.code, asked]).toEqual(['E_CHECK_UNKNOWN', 0]);
      expect(error.text.what).toContain('database.connect');
    },
  );

  it('takes a pattern for letters and stars, not for a regular expression', async () => {
    const checks = [passing('a.one'), passing('axone')];
    expect(Object.keys(outcomes(await ask(checks, { only: ['a.one'] }).answer()))).toEqual(['a.one']);
    expect((await failureOf(ask(checks, { only: ['(a|b).*'] }).answer())).code).toBe('E_CHECK_UNKNOWN');
  });
});

describe('a waiver', () => {
  const waiver = (until?: string) => [
    { check: 'a.one', by: 'ana', reason: 'known', ...(until === undefined ? {} : { until }) },
  ];
  const failing = check('a.one', async () => says('fail'));

  it.each([
    [undefined, 'go'],
    ['2025-10-01T14:00:00Z', 'go'],
    ['2025-10-01T13:59:59Z', 'no-go'],
    ['2025-10-01', 'go'],
    ['2025-09-30', 'no-go'],
    ['next week', 'no-go'],
  ] as const)('until %s makes a failed check %s', async (until, call) => {
    const answer = await ask([failing, passing('b.two')], { waivers: waiver(until) }).answer();
    expect(answer.verdict.call).toBe(call);
    expect(answer.findings[0]?.outcome).toBe('fail');
    const { waived, digest } = answer.findings[0] ?? {};
    expect(waived).toEqual(call === 'go' ? { ...waiver(until)[0], digest } : undefined);
  });

  it('demotes an unknown as well, and marks nothing on a check that passes', async () => {
    const unknown = check('a.one', () => Promise.reject(new Error('x')));
    const held = await ask([unknown, passing('b.two')], { waivers: waiver() }).answer();
    expect(held.verdict.call).toBe('go');
    const fine = await ask([passing('a.one')], { waivers: waiver() }).answer();
    expect(fine.findings[0]).not.toHaveProperty('waived');
  });

  it('for a check that is not there is refused', async () => {
    const error = await failureOf(ask([passing('b.two')], { waivers: waiver() }).answer());
    expect(error.code).toBe('E_CHECK_UNKNOWN');
  });
});
