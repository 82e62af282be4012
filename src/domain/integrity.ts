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
