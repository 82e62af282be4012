import type { Runbook } from '../../config/schema/index.ts';
import type { RouteMinute } from '../../services/metrics/port.ts';

/** The worst critical endpoint of one minute. */
export interface ErrorReading {
  readonly minute: string;
  /** Undefined: too few requests to say anything. */
  readonly percent: number | undefined;
  readonly route: string;
  readonly errors: number;
  readonly requests: number;
}

/** Fewer requests in a minute decide nothing (corrections 2.3, last row). */
const LEAST_REQUESTS = 10;

/** Endpoints of the smoke scenario's critical calls, as the measurements name them. */
const criticalRoutes = ({ smoke }: Runbook): ReadonlySet<string> =>
  new Set((smoke?.calls ?? []).filter((call) => call.critical).map((call) => `${call.method} ${call.path}`));

const percentOf = ({ errors, requests }: RouteMinute): number => (errors / requests) * 100;

/** One reading a minute for a version, oldest first: the critical endpoint with the largest share of errors. */
export function readErrors(
  minutes: readonly RouteMinute[],
  runbook: Runbook,
  version: string,
): readonly ErrorReading[] {
  const critical = criticalRoutes(runbook);
  const ours = minutes.filter((one) => one.version === version && critical.has(one.route));
  const times = [...new Set(ours.map((one) => one.minute))].sort();
  return times.map((minute) => {
    const measured = ours.filter((one) => one.minute === minute && one.requests >= LEAST_REQUESTS);
    const worst = measured.sort((a, b) => percentOf(b) - percentOf(a))[0];
    if (worst === undefined) return { minute, percent: undefined, route: '', errors: 0, requests: 0 };
    const { route, errors, requests } = worst;
    return { minute, percent: percentOf(worst), route, errors, requests };
  });
}
