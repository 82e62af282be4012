import type { Finding, Outcome } from './finding.ts';

/** The answer of a gate. `hold` means: could not be established, so not a go (corrections.md 2.3). */
export interface Verdict {
  readonly call: 'go' | 'hold' | 'no-go';
  readonly because: readonly Finding[];
}

const isWaived = (finding: Finding): boolean => finding.waived !== undefined;
const blocks = (outcome: Outcome) => (finding: Finding) =>
  finding.outcome === outcome && finding.weight === 'blocker' && !isWaived(finding);

/**
 * The verdict over a gate's findings: any unwaived blocking fail is NO-GO; else a fail that people decide about, any
 * unknown, or a blocker that was skipped by hand, is HOLD; zero findings are NO-GO, because nobody looked (architecture 4).
 * Findings of which none is an answer establish nothing: HOLD.
 */
export function judgeFindings(findings: readonly Finding[], skippedByHand: readonly string[] = []): Verdict {
  if (findings.length === 0) return { call: 'no-go', because: [] };
  const failing = findings.filter(blocks('fail'));
  const failed = failing.filter((finding) => finding.holds !== true);
  if (failed.length > 0) return { call: 'no-go', because: failed };
  const unknown = findings.filter(blocks('unknown'));
  const skipped = findings.filter((f) => blocks('skip')(f) && skippedByHand.includes(f.check));
  const open = [...failing, ...unknown, ...skipped];
  if (open.length > 0) return { call: 'hold', because: open };
  return findings.every(({ outcome }) => outcome === 'skip')
    ? { call: 'hold', because: findings }
    : { call: 'go', because: [] };
}

/**
 * Everything that stands between a gate and its GO: what decided the verdict, and what was not known beside it. Mending
 * the first alone would lead to HOLD.
 */
export function listOpen({ because }: Verdict, findings: readonly Finding[]): readonly Finding[] {
  const more = findings.filter((one) => blocks('unknown')(one) && !because.includes(one));
  return because.length === 0 ? [] : [...because, ...more];
}

/** How many findings have each outcome. */
export function countOutcomes(findings: readonly Finding[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { pass: 0, warn: 0, fail: 0, skip: 0, unknown: 0 };
  for (const finding of findings) counts[finding.outcome] += 1;
  return counts;
}
