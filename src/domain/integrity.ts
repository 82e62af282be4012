/** What one integrity query must answer, compared with the baseline before the change. */
export interface IntegrityRule {
  readonly id: string;
  readonly title: string;
  readonly expect: 'zero' | 'not-fewer' | 'within-percent';
  readonly percent?: number | undefined;
}

export interface IntegrityAnswer {
  readonly id: string;
  readonly ok: boolean;
  readonly said: string;
}

const withinPercent = (now: number, before: number, percent: number): boolean =>
  Math.abs(now - before) <= (before * percent) / 100;

/**
 * Judges one number. `zero` compares with the baseline, because rows that were broken before are no regression
 * (DAT-05); `not-fewer` is strict, because a lost row is never within tolerance (E-26).
 */
export function judgeIntegrity(
  rule: IntegrityRule,
  now: number,
  before: number | undefined,
): IntegrityAnswer {
  const was = before === undefined ? 'no baseline' : `baseline ${before}`;
  const answer = (ok: boolean): IntegrityAnswer => ({
    id: rule.id,
    ok,
    said: `${rule.title}: ${now} (${was})`,
  });
  if (rule.expect === 'zero') return answer(now <= (before ?? 0));
  if (before === undefined) return answer(false);
  if (rule.expect === 'not-fewer') return answer(now >= before);
  return answer(withinPercent(now, before, rule.percent ?? 5));
}

const BASELINE = '{baseline}';

/** True when a query counts up to the moment of the baseline. */
export const needsBaseline = (sql: string): boolean => sql.includes(BASELINE);

/**
 * The query with the moment of the baseline in it, as a timestamp. A window that ends at now() would be another
 * window at the second count, and rows that left it would look lost (E-26). `at` is in seconds since 1970.
 */
export const fillBaseline = (sql: string, at: number): string =>
  sql.replaceAll(BASELINE, `to_timestamp(${at})`);
