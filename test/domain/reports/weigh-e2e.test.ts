import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/domain/reports/scenario.ts';
import {
  findE2eDoubt,
  findE2eGap,
  isE2eBad,
  reaches,
  sayE2e,
  sumE2e,
} from '../../../src/domain/reports/weigh-e2e.ts';

const CRITICAL = { login: '@login', pay: 'checkout*card' };
const make = (outcome: Scenario['outcome'], n: number, over: Partial<Scenario> = {}): Scenario[] =>
  Array.from({ length: n }, (_, i) => ({ name: `${outcome} ${i}`, tags: [], outcome, ...over }));
const paths = [
  ...make('passed', 1, { name: 'logs in', tags: ['@login'] }),
  ...make('passed', 1, { name: 'Checkout › pays by CARD' }),
];

describe('the pass rate', () => {
  it('PRE-14, GO-01, NG-02: exactly 95 % is enough, and one scenario less is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (n) => {
        expect(reaches(19 * n, 20 * n, 95)).toBe(true);
        expect(reaches(19 * n - 1, 20 * n, 95)).toBe(false);
      }),
    );
  });

  it('PRE-14: is compared without a rounding error at any limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (thousandth) => {
        const percent = thousandth / 10;
        expect(reaches(thousandth, 1000, percent)).toBe(true);
        expect(thousandth > 0 && reaches(thousandth - 1, 1000, percent)).toBe(false);
      }),
    );
  });

  it('PRE-14: leads to one verdict for every count', () => {
    const number = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(number, number, number, number, (passed, flaky, failed, skipped) => {
        const all = [...make('passed', passed), ...make('flaky', flaky), ...make('failed', failed)];
        const sum = sumE2e([...all, ...make('skipped', skipped)], {});
        const isEnough = (passed + flaky) * 100 >= 95 * (passed + flaky + failed);
        const ran = passed + flaky + failed > 0;
        expect(isE2eBad(sum, 95)).toBe(ran && !isEnough);
        expect(findE2eGap(sum)).toBe(ran ? undefined : 'no scenario ran');
      }),
    );
  });

  it('PRE-14: is never rounded up to the limit', () => {
    const sum = sumE2e([...make('passed', 2849), ...make('failed', 151)], {});
    expect(sayE2e(sum)).toBe('2849 of 3000 passed (94.9 %)');
    expect(isE2eBad(sum, 95)).toBe(true);
  });

  it('E-12: what was skipped is no pass, and retries stand apart', () => {
    const sum = sumE2e(
      [...make('passed', 90), ...make('flaky', 8), ...make('failed', 2), ...make('skipped', 5)],
      {},
    );
    expect(sayE2e(sum)).toBe('98 of 100 passed (98 %), 8 of them after a retry, 5 skipped');
    expect(findE2eDoubt(sum, 95)).toBe('without retries it would be below the limit');
    const many = sumE2e([...make('passed', 10), ...make('skipped', 90)], {});
    expect(findE2eDoubt(many, 95)).toBe('90 were skipped');
    expect(findE2eGap(sumE2e(make('skipped', 9), {}))).toBe('no scenario ran');
  });
});

describe('critical paths', () => {
  it('E-12: one failure there speaks against the release at any rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (n) => {
        const failed = make('failed', 1, { name: 'checkout: pays by card again' });
        expect(isE2eBad(sumE2e([...make('passed', n), ...paths, ...failed], CRITICAL), 0)).toBe(true);
        expect(isE2eBad(sumE2e([...make('passed', n), ...paths], CRITICAL), 95)).toBe(false);
      }),
    );
  });

  it('E-12: a path that no scenario has run is not known', () => {
    expect(findE2eGap(sumE2e(paths, CRITICAL))).toBeUndefined();
    expect(findE2eGap(sumE2e(paths.slice(0, 1), CRITICAL))).toBe(
      'no scenario of the critical path pay (checkout*card) ran',
    );
    const skipped = make('skipped', 1, { tags: ['@login'] });
    expect(findE2eGap(sumE2e([...paths.slice(1), ...skipped], CRITICAL))).toContain('login');
  });

  it('E-12: a path that passed after a retry is told', () => {
    const shaky = make('flaky', 1, { tags: ['@login'] });
    expect(findE2eDoubt(sumE2e([...make('passed', 99), ...paths, ...shaky], CRITICAL), 95)).toBe(
      'critical paths passed after a retry only: login',
    );
    expect(findE2eDoubt(sumE2e(paths, CRITICAL), 95)).toBeUndefined();
    expect(findE2eDoubt(sumE2e(paths, {}), 95)).toBe('no critical path is named');
  });

  it('a tag is the whole tag, and a name is part of the name', () => {
    const other = make('passed', 1, { name: 'logs in @login-later', tags: ['@login-later'] });
    expect(sumE2e(other, { login: '@login' }).critical[0]?.ran).toBe(0);
    expect(sumE2e(other, { login: 'LOGS*later' }).critical[0]?.ran).toBe(1);
    expect(sumE2e(other, { login: 'later*logs' }).critical[0]?.ran).toBe(0);
  });
});
