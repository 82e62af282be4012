import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { factOf, startedAt } from './story.ts';
import { minutesBetween } from './times.ts';

/** Where nothing measured, the message says so: an empty line would read as "fine" (E-99, COM-02e). */
const NOT_MEASURED = 'not measured';

/** Fact `measurements`, written by whoever watches: percentages and milliseconds of real traffic. */
const measurementsOf = ({ facts }: Moment): JsonObject => facts.measurements ?? {};

const mark = (isGood: boolean): string => (isGood ? '✅ within' : '⚠️ over');

function sayValue(value: unknown, unit: string, limit: number, isGood: (value: number) => boolean): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return NOT_MEASURED;
  return `${value} ${unit}, ${mark(isGood(value))} the limit of ${limit} ${unit}`;
}

/** The smoke tests' own record: how many endpoints passed, of how many that were asked. */
function saySmoke(moment: Moment): string {
  const endpoints = factOf(moment, 'app.smoke-test')?.endpoints;
  if (!Array.isArray(endpoints) || endpoints.length === 0) return NOT_MEASURED;
  const states = (endpoints as readonly JsonObject[]).map((one) => one.state);
  const asked = states.filter((state) => state !== 'skip');
  const good = asked.filter((state) => state === 'pass' || state === 'close').length;
  const left = states.length - asked.length;
  const sign = good === asked.length && asked.length > 0 ? '✅' : '⚠️';
  return `${sign} ${good} of ${asked.length} passed${left > 0 ? `, ${left} left out` : ''}`;
}

/** The first half hour has the stricter limit (SUC-01). */
function errorLimit(moment: Moment, { errorPercent }: Runbook['thresholds']): number {
  const open = factOf(moment, 'app.maintenance-off')?.at ?? startedAt(moment);
  const isEarly = typeof open !== 'string' || minutesBetween(open, moment.now) <= 30;
  return isEarly ? errorPercent.first30 : errorPercent.later;
}

/** Each line cites a measurement and its limit (COM-02e, COM-03c). */
export function sayMeasurements(moment: Moment, { thresholds }: Runbook): JsonObject {
  const { errorPercent, p95Ms, dbP95Ms, paymentsPercent, activeUsers } = measurementsOf(moment);
  const below = (limit: number) => (value: number) => value < limit;
  const { api, queryP95Ms, paymentSuccessPercent } = thresholds;
  const errors = errorLimit(moment, thresholds);
  return {
    error_rate: sayValue(errorPercent, '%', errors, below(errors)),
    p95: sayValue(p95Ms, 'ms', api.p95Ms, below(api.p95Ms)),
    db_p95: sayValue(dbP95Ms, 'ms', queryP95Ms, below(queryP95Ms)),
    payments: sayValue(
      paymentsPercent,
      '%',
      paymentSuccessPercent,
      (value) => value >= paymentSuccessPercent,
    ),
    active_users: typeof activeUsers === 'number' ? activeUsers : null,
    smoke: saySmoke(moment),
  };
}
