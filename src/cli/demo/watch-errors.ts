import { type BandTime, judgeBands } from '../../domain/band.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { bareVersion } from '../../domain/version.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { type ErrorReading, readErrors } from './read-errors.ts';

const LOOK_MS = 250;
const EVERYTHING = '1970-01-01T00:00:00.000Z';
/** After this many minutes without a measurement the story cannot go on. */
const MOST_SILENCE = 60;

export interface WatchOrder {
  readonly version: string;
  /** Stops after so many readings when no rule has fired. */
  readonly minutes: number;
  /** Minutes of measuring that pass in one minute. */
  readonly speed: number;
}

const sayPercent = (percent: number | undefined): string =>
  percent === undefined ? 'too few requests to say' : `errors ${percent.toFixed(1).padStart(4)} %`;

function sayReading(at: number, reading: ErrorReading, worst: BandTime | undefined): string {
  const rule =
    worst === undefined ? '' : `   ${worst.band.level}: ${worst.minutes} of ${worst.band.dwellMinutes} min`;
  const where = reading.errors > 0 ? `  ${reading.route}, ${reading.errors} of ${reading.requests}` : '';
  return `  +${String(at).padStart(2)} min   ${sayPercent(reading.percent)}${where}${rule}`;
}

const noMeasurements = (): ReleaseError =>
  new ReleaseError('E_METRICS', {
    what: 'The application gives no measurements.',
    why: 'Without them nobody knows how the release is doing.',
    next: 'release demo down, then try again.',
    state: 'untouched',
  });

/**
 * Watches the errors of a version, minute by minute, by the bands of the configuration. Resolves to the rule that
 * fired as P2 or worse, or to undefined when none did in the time.
 */
export async function watchErrors(
  order: WatchOrder,
  context: CliContext,
  { services, runbook, env }: Wired,
): Promise<BandTime | undefined> {
  const bands = runbook.monitoring.signals['error-percent']?.bands ?? [];
  const version = bareVersion(order.version);
  const before = readErrors(await services.metrics.routes(env, EVERYTHING), runbook, version).length;
  const patience = (MOST_SILENCE * 60_000) / order.speed;
  let heard = context.clock.monotonic();
  let told = 0;
  while (told < order.minutes) {
    if (context.stop.stopping) return undefined;
    await context.clock.sleep(LOOK_MS, context.stop.signal);
    const readings = readErrors(await services.metrics.routes(env, EVERYTHING), runbook, version).slice(
      before,
    );
    if (readings.length > told) heard = context.clock.monotonic();
    if (context.clock.monotonic() - heard > patience) throw noMeasurements();
    for (const reading of readings.slice(told, order.minutes)) {
      told += 1;
      const seen = readings.slice(0, told).map((one) => one.percent);
      const { fired, building } = judgeBands(bands, seen);
      const calls = fired !== undefined && fired.band.level !== 'hold';
      // What only holds is no news while something worse is building up.
      context.out.result(sayReading(told, reading, calls ? fired : (building.at(-1) ?? fired)));
      if (calls) return fired;
    }
  }
  return undefined;
}
