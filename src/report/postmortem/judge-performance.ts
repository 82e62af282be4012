import { plural } from '../../domain/plural.ts';
import type { Incident } from '../../ledger/find-incident.ts';
import { ENOUGH, type Seen, smokeOf } from './smoke-of.ts';

/** Within so much more nothing was slower (E-15). */
const MOST_RATIO = 1.1;

const isProven = (seen: Seen | undefined): seen is Seen =>
  seen !== undefined && (seen.n ?? 0) >= ENOUGH && (seen.errors ?? 0) === 0;

/**
 * Good news of a comparison with the version before (PIR-15): every endpoint was measured often enough in both runs, none failed, and none
 * was slower. Undefined: something was, or is not known, and people look at it.
 */
export function judgePerformance({ deploy, rollback }: Incident): string | undefined {
  const [bad, good] = [smokeOf(deploy), smokeOf(rollback)];
  const names = [...new Set([...bad.keys(), ...good.keys()])];
  const isFine = names.every((name) => {
    const [now, then] = [bad.get(name), good.get(name)];
    return isProven(now) && isProven(then) && now.p95Ms <= then.p95Ms * MOST_RATIO;
  });
  if (names.length === 0 || !isFine) return undefined;
  return `no endpoint of ${rollback.plan.from} was slower than with ${rollback.plan.version}: ${plural(names.length, 'endpoint')} in the smoke tests of both runs`;
}
