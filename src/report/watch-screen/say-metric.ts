import { minutes, sayDuration } from '../../domain/duration.ts';
import type { Rule } from '../../domain/watch/rule.ts';
import type { RuleView } from '../../domain/watch/view-rule.ts';

/** Names as people say them; a rule without one keeps its own. */
const NAMES: Readonly<Record<string, string>> = {
  'error-percent': 'error rate',
  'p95-ms': 'p95',
  'p99-ms': 'p99',
  'query-p95-ms': 'db p95',
  'pool-percent': 'pool',
  'payment-success-percent': 'payments ok',
  'login-failure-percent': 'logins failed',
};

export const sayName = (rule: string): string => NAMES[rule] ?? rule;

const UNITS: Readonly<Record<string, string>> = { percent: ' %', ms: ' ms', s: ' s' };

/** As many digits as tell two readings apart, and never so few that something reads as nothing. */
const round = (value: number): number =>
  value < 1 ? Number(value.toPrecision(2)) : Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2));

/** `0.3 %`, `185 ms`; for rules that compare, how many times what they compare with: `1.31x`. */
export function sayAmount(value: number, { unit, against }: Pick<Rule, 'unit' | 'against'>): string {
  // A try that had no answer has taken longer than anything.
  if (!Number.isFinite(value)) return 'endless';
  const number = String(round(value));
  return against === undefined ? `${number}${UNITS[unit] ?? ''}` : `${number}x`;
}

/** Undefined where nothing is known now: an old reading is none. */
export const sayReading = ({ value, knowledge }: RuleView, rule: Rule): string | undefined =>
  value === undefined || knowledge === 'unknown' || knowledge === 'off' || knowledge === 'unmeasured'
    ? undefined
    : sayAmount(value, rule);

/** `no samples for 4 min`, in whole minutes. */
export function saySilence(silentMs: number | undefined): string {
  if (silentMs === undefined) return 'never measured';
  // A source that has just answered, and had none.
  if (silentMs < minutes(1)) return 'no samples';
  return `no samples for ${sayDuration(minutes(Math.floor(silentMs / minutes(1))))}`;
}

/** Where it is: nothing for the one series of a metric that has only one. */
export const sayPlace = (series: string | undefined): string =>
  series === undefined || series === 'all' ? '' : ` ${series}`;
