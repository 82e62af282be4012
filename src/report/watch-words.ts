import type { Level } from '../domain/watch/rule.ts';
import type { RuleView } from '../domain/watch/view-rule.ts';

/** Short names for one line a minute; a rule without one is shown only when something is wrong with it. */
const SHORT: Readonly<Record<string, string>> = {
  'error-percent': 'err',
  'p95-ms': 'p95',
  'p99-ms': 'p99',
  'query-p95-ms': 'db',
  'pool-percent': 'pool',
  'payment-success-percent': 'pay',
  'login-failure-percent': 'login',
};

const UNITS: Readonly<Record<string, string>> = { percent: '%', ms: 'ms', s: 's', number: '' };

/** `0.30%`, `185ms`; `?` where nothing is known. */
function sayValue({ value, unit, knowledge }: RuleView): string {
  if (value === undefined || knowledge === 'unknown' || knowledge === 'off') return '?';
  if (!Number.isFinite(value)) return 'endless';
  const digits = unit === 'percent' && value < 10 ? 2 : 0;
  return `${value.toFixed(digits)}${UNITS[unit] ?? ''}`;
}

/** One word for all rules together (ux 2.13). */
function sayLevel(level: Level, views: readonly RuleView[]): string {
  if (level === 'P0' || level === 'P1') return `ROLL BACK (${level})`;
  if (level === 'P2') return 'EVALUATE (P2)';
  if (level !== 'hold') return 'HEALTHY';
  const isMeasured = views.some((view) => view.level === 'hold' && view.fired !== undefined);
  return isMeasured ? 'HOLD' : 'UNKNOWN';
}

/** `+22:00`, from the moment users came. */
function sayElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `+${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}

/** `+22:00 HEALTHY err=0.30% p95=185ms db=41ms pool=31% pay=100% login=?`. */
export function sayMinute(elapsedMs: number, level: Level, views: readonly RuleView[]): string {
  const shown = views.flatMap((view) => {
    const name = SHORT[view.id];
    if (name !== undefined) return [`${name}=${sayValue(view)}`];
    return view.fired !== undefined || view.building !== undefined ? [`${view.id}=${sayValue(view)}`] : [];
  });
  return `${sayElapsed(elapsedMs)} ${sayLevel(level, views)} ${shown.join(' ')}`;
}
