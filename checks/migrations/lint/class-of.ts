import type { Remark } from './lint-file.ts';
import type { RuleClass } from './rule.ts';

const WORST: readonly RuleClass[] = ['destructive', 'incompatible', 'rewrite', 'locking'];

/** The worst that a file does, waived or not; notes do nothing. */
export function classOf(remarks: readonly Remark[]): RuleClass {
  const counted = remarks.filter((one) => one.level !== 'note').map((one) => one.class);
  return WORST.find((one) => counted.includes(one)) ?? 'safe';
}
