import { describe, expect, it } from 'vitest';
import { fillBaseline, judgeIntegrity, needsBaseline } from '../../src/domain/integrity.ts';

const rule = (expect: 'zero' | 'not-fewer' | 'within-percent', percent?: number) => ({
  id: 'x',
  title: 'Rows',
  expect,
  percent,
});

describe('data integrity', () => {
  it.each([
    [100, 100, true],
    [101, 100, true],
    [99, 100, false],
  ])('DAT-01: %i rows after %i before is %s: a lost row is never within tolerance', (now, before, ok) => {
    expect(judgeIntegrity(rule('not-fewer'), now, before).state).toBe(ok ? 'ok' : 'broken');
  });

  it.each([
    [0, 0, true],
    [1, 0, false],
    [3, 3, true],
    [4, 3, false],
  ])(
    'DAT-05: %i broken rows after %i before is %s: what was broken before is no regression',
    (now, before, ok) => {
      expect(judgeIntegrity(rule('zero'), now, before).state).toBe(ok ? 'ok' : 'broken');
    },
  );

  it('DAT-04, DAT-05: without a baseline zero is good, and more is unknown: it may have been so before', () => {
    expect(judgeIntegrity(rule('zero'), 0, undefined).state).toBe('ok');
    expect(judgeIntegrity(rule('zero'), 1, undefined)).toMatchObject({
      state: 'unknown',
      said: 'Rows: 1 (no baseline)',
    });
  });

  it.each([
    [105, true],
    [106, false],
    [95, true],
    [94, false],
  ])('DAT-06: %i against 100 within 5 percent is %s', (now, ok) => {
    expect(judgeIntegrity(rule('within-percent', 5), now, 100).state).toBe(ok ? 'ok' : 'broken');
  });

  it('DAT-01: a comparison without a baseline is unknown: no pass, and no violation', () => {
    expect(judgeIntegrity(rule('not-fewer'), 5, undefined).state).toBe('unknown');
    expect(judgeIntegrity(rule('within-percent', 5), 5, undefined).state).toBe('unknown');
  });

  it('DAT-02: a window that ends at the baseline is the same window at both counts', () => {
    const sql =
      "select count(*) from users where created_at < {baseline} and created_at > {baseline} - '7 d'";
    expect(needsBaseline(sql)).toBe(true);
    expect(fillBaseline(sql, 1700.5)).toBe(
      "select count(*) from users where created_at < to_timestamp(1700.5) and created_at > to_timestamp(1700.5) - '7 d'",
    );
  });
});
