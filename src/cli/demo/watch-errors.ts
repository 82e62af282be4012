import { makeRuleBook } from '../../config/make-rule-book.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { bareVersion } from '../../domain/version.ts';
import { Watch } from '../../domain/watch/fold.ts';
import { isWorse } from '../../domain/watch/rule.ts';
import type { BandTime } from '../../domain/watch/view-rule.ts';
import type { RouteMinute } from '../../services/metrics/port.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { type ErrorReading, readErrors } from './read-errors.ts';

const LOOK_MS = 250;
const EVERYTHING = '1970-01-01T00:00:00.000Z';
/** After this many minutes without a measurement the story cannot go on. */
const MOST_SILENCE = 60;
const RULE = 'error-percent';

export interface WatchOrder {
  readonly version: string;
  /** Stops after so many readings when no rule has fired. */
  readonly minutes: number;
  /** Minutes of measuring that pass in one minute. */
  readonly speed: number;
}

const sayPercent = (percent: number | undefined): string =>
  percent === undefined ? 'too few requests to say' : `errors ${percent.toFixed(1).padStart(4)} %`;

const inMinutes = (ms: number): number => Math.floor(ms / minutes(1));

function sayReading(at: number, reading: ErrorReading, worst: BandTime | undefined): string {
  const rule =
    worst === undefined
      ? ''
      : `   ${worst.level}: ${inMinutes(worst.haveMs)} of ${inMinutes(worst.needMs)} min`;
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

/** The engine of `release watch`, with the rule about errors alone. */
function makeErrorWatch(runbook: Runbook): Watch {
  const book = makeRuleBook(runbook);
  return new Watch({ ...book, rules: book.rules.filter(({ id }) => id === RULE) });
}

/** One minute of all routes, judged when it is over. */
function takeMinute(watch: Watch, all: readonly RouteMinute[], minute: string): BandTime | undefined {
  const at = Date.parse(minute) + minutes(1);
  for (const { route, errors, requests } of all)
    watch.take({ at, metric: RULE, series: route, source: 'app', k: errors, n: requests });
  watch.advance(at);
  const [view] = watch.view();
  const { fired, building } = view ?? {};
  const calls = fired !== undefined && isWorse(fired.level, 'hold');
  // What only holds is no news while something worse is building up.
  return calls ? fired : (building ?? fired);
}

/**
 * Watches the errors of a version, minute by minute, by the rule of the configuration. Resolves to the band that fired
 * as P2 or worse, or to undefined when none did in the time.
 */
export async function watchErrors(
  order: WatchOrder,
  context: CliContext,
  { services, runbook, env }: Wired,
): Promise<BandTime | undefined> {
  const version = bareVersion(order.version);
  const watch = makeErrorWatch(runbook);
  const before = readErrors(await services.metrics.routes(env, EVERYTHING), runbook, version).length;
  const patience = (MOST_SILENCE * 60_000) / order.speed;
  let heard = context.clock.monotonic();
  let told = 0;
  while (told < order.minutes) {
    if (context.stop.stopping) return undefined;
    await context.clock.sleep(LOOK_MS, context.stop.signal);
    const all = (await services.metrics.routes(env, EVERYTHING)).filter((one) => one.version === version);
    const readings = readErrors(all, runbook, version).slice(before);
    if (readings.length > told) heard = context.clock.monotonic();
    if (context.clock.monotonic() - heard > patience) throw noMeasurements();
    for (const reading of readings.slice(told, order.minutes)) {
      told += 1;
      const ofMinute = all.filter(({ minute }) => minute === reading.minute);
      const worst = takeMinute(watch, ofMinute, reading.minute);
      context.out.result(sayReading(told, reading, worst));
      if (worst !== undefined && worst.haveMs >= worst.needMs && isWorse(worst.level, 'hold')) return worst;
    }
  }
  return undefined;
}
