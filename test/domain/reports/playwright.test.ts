import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readE2e } from '../../../src/domain/reports/read-e2e.ts';
import type { E2eReport } from '../../../src/domain/reports/scenario.ts';
import { makeMany, makePlaywright } from '../../support/reports/playwright.ts';

const read = (value: unknown): E2eReport => {
  const answer = readE2e(JSON.stringify(value));
  if (!answer.ok) throw new Error(answer.flaw);
  return answer.report;
};
const flawOf = (text: string): string => {
  const answer = readE2e(text);
  return answer.ok ? 'none' : answer.flaw;
};
const outcomes = (value: unknown): readonly string[] => read(value).scenarios.map(({ outcome }) => outcome);

describe('a report of Playwright', () => {
  it.each([
    [['passed'], 'passed', 'passed'],
    [['failed', 'passed'], 'passed', 'flaky'],
    [['timedOut', 'failed', 'passed'], 'passed', 'flaky'],
    [['failed', 'failed'], 'passed', 'failed'],
    [['timedOut'], 'passed', 'failed'],
    [['interrupted'], 'passed', 'failed'],
    [['failed', 'interrupted'], 'passed', 'failed'],
    [['skipped'], 'skipped', 'skipped'],
    [[], 'skipped', 'skipped'],
    [['failed'], 'failed', 'passed'],
    [['passed'], 'failed', 'failed'],
    [[], 'passed', 'failed'],
    [['skipped'], 'passed', 'failed'],
  ] as const)('PRE-08: tries %j of a test that is expected to be %s are %s', (tries, expected, outcome) => {
    expect(outcomes(makePlaywright([{ title: 'one', tries, expected }]))).toEqual([outcome]);
  });

  it('PRE-08: counts every project of a test for itself, and names file, suites and title', () => {
    const test = {
      title: 'logs in @Login',
      tries: ['passed'] as const,
      tags: ['smoke'],
      projects: ['chromium', 'webkit'],
    };
    expect(read(makePlaywright([test])).scenarios).toEqual([
      {
        name: 'chromium › rur2.spec.ts › RuR2 › logs in @Login',
        tags: ['@smoke', '@login'],
        outcome: 'passed',
      },
      {
        name: 'webkit › rur2.spec.ts › RuR2 › logs in @Login',
        tags: ['@smoke', '@login'],
        outcome: 'passed',
      },
    ]);
  });

  it('PRE-08: is bound to the commit and the time that it names', () => {
    const commit = 'a'.repeat(40);
    const { commit: found, at } = read(makePlaywright(makeMany(3, 0), { commit }));
    expect([found, at]).toEqual([commit, '2026-11-24T12:00:00.000Z']);
    const elsewhere = [{ ci: { commitHash: commit } }, { 'revision.id': commit }, { commit }];
    for (const metadata of elsewhere)
      expect(read({ ...makePlaywright(makeMany(3, 0)), config: { metadata } }).commit).toBe(commit);
    expect(read(makePlaywright(makeMany(3, 0), { commit: 'abc1234' })).commit).toBeUndefined();
  });

  it('PRE-08: proves nothing when the run broke, when it was cut, or when it is something else', () => {
    const whole = makePlaywright(makeMany(3, 0));
    expect(flawOf(JSON.stringify({ ...whole, errors: [{ message: 'no browser' }] }))).toContain(
      'the run broke',
    );
    expect(flawOf(JSON.stringify(whole).slice(0, 900))).toBe('it is not JSON, or not all of it');
    expect(flawOf(JSON.stringify({ ...whole, stats: { ...whole.stats, expected: 9 } }))).toBe(
      'it counts 9 tests and shows 3',
    );
    for (const other of ['', '{}', '[]', 'null', '{"suites":[1]}', '{"suites":{},"errors":[]}'])
      expect(flawOf(other), other).not.toBe('none');
  });

  it('a report that is deeper than any program’s stack is read or refused, and nothing breaks', () => {
    const deep = `${'{"title":"s","suites":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    expect(readE2e(`{"suites":[${deep}]}`).ok).toBe(true);
  });

  it('takes any JSON without throwing', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof readE2e(text).ok === 'boolean'));
  });
});
