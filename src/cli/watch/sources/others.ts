import type { Runbook } from '../../../config/schema/index.ts';
import { minutes } from '../../../domain/duration.ts';
import { makeLineMatch } from '../../../domain/make-line-match.ts';
import { bareVersion } from '../../../domain/version.ts';
import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import type { PromSample } from '../../../services/prometheus/port.ts';
import type { SourceWorld } from './source-world.ts';

type Measurement = Runbook['measurements'][string];
export type Of<Kind extends Measurement['source']> = Extract<Measurement, { source: Kind }>;

/** A younger event may still be on its way. */
const UNDER_WAY_MS = minutes(2);

/** Payments and deliveries of the last minutes (MON-03, SUC-05, V24-04; E-17, E-18). */
export function makePayments(name: string, one: Of<'stripe'>, { wired, ago, open }: SourceWorld): Sampler {
  const { services, env } = wired;
  return {
    name,
    everyMs: one.everySeconds * 1000,
    metrics: ['payment-success-percent', 'webhook-failure-percent'],
    sample: async () => {
      const since = new Date(Math.max(open, ago(minutes(one.windowMinutes)).getTime()));
      const { succeeded, failed } = await services.stripe.payments(env, since);
      const { total, failed: lost } = await services.stripe.deliveries(env, since, ago(UNDER_WAY_MS));
      const n = succeeded + failed;
      const from = { series: 'all', source: name };
      return [
        { ...from, metric: 'payment-success-percent', value: n === 0 ? null : (succeeded / n) * 100, n },
        {
          ...from,
          metric: 'webhook-failure-percent',
          value: total === 0 ? null : (lost / total) * 100,
          n: total,
        },
      ];
    },
  };
}

const seriesOf = ({ labels }: PromSample, label: string | undefined): string =>
  label === undefined ? 'all' : (labels[label] ?? 'all');

/** Without a request many a query of samples answers NaN. */
const countIn = ({ value }: PromSample): number =>
  Number.isFinite(value) && value > 0 ? Math.round(value) : 0;

/** A query of Prometheus. A series with too few samples has no value; one that is gone has none either. */
export function makePrometheusSource(name: string, one: Of<'prometheus'>, world: SourceWorld): Sampler {
  const { services } = world.wired;
  const { metric, url, series: label, samples, minSamples } = one;
  const fill = (query: string): string => query.replaceAll('{version}', bareVersion(world.version));
  const ask = (query: string, signal: AbortSignal): Promise<readonly PromSample[]> =>
    services.prometheus.ask(
      { url, query: fill(query), ...(one.token === undefined ? {} : { token: one.token }) },
      signal,
    );
  let known: ReadonlySet<string> = new Set();
  return {
    name,
    everyMs: one.everySeconds * 1000,
    metrics: [metric],
    sample: async (signal) => {
      const told = await ask(one.query, signal);
      const counted = new Map(
        (samples === undefined ? [] : await ask(samples, signal)).map((s) => [
          seriesOf(s, label),
          countIn(s),
        ]),
      );
      const readings = told.map((sample): Reading => {
        const series = seriesOf(sample, label);
        const n = counted.get(series);
        const isEnough = minSamples === 0 || (n ?? 0) >= minSamples;
        const value = isEnough ? sample.value : null;
        return { metric, series, source: name, value, ...(n === undefined ? {} : { n }) };
      });
      const gone = [...known].filter((series) => !readings.some((reading) => reading.series === series));
      known = new Set(readings.map(({ series }) => series));
      return [...readings, ...gone.map((series) => ({ metric, series, source: name, value: null }))];
    },
  };
}

/** A question to the database that answers one number. */
export const makeSqlSource = (name: string, one: Of<'sql'>, { wired }: SourceWorld): Sampler => ({
  name,
  everyMs: one.everySeconds * 1000,
  metrics: [one.metric],
  sample: async () => {
    const value = await wired.services.postgres.readNumber(wired.env, one.sql);
    return [{ metric: one.metric, series: 'all', source: name, value }];
  },
});

/**
 * How much of its calls GitHub has counted for our token (CMM-12). Neon and Stripe tell of a limit when it is reached, and of no use
 * before that.
 */
export const makeLimitsSource = (name: string, one: Of<'limits'>, { wired }: SourceWorld): Sampler => ({
  name,
  everyMs: one.everySeconds * 1000,
  metrics: ['rate-limit-percent'],
  sample: async () => {
    const { used, limit } = await wired.services.github.limits();
    return [
      { metric: 'rate-limit-percent', series: 'github', source: name, value: (used / limit) * 100, n: limit },
    ];
  },
});

const COMMAND_MS = 30_000;

/** Lines of a log that match, since it was last asked (MON-06, EXT-02). The lines themselves are kept nowhere. */
export function makeLogSource(name: string, one: Of<'log'>, { wired }: SourceWorld): Sampler {
  const matches = makeLineMatch(one.match);
  const { services } = wired;
  const read = async (signal: AbortSignal): Promise<readonly string[]> => {
    if (one.file !== undefined) return services.logs.readNew(one.file);
    const { out, code } = await services.shell.line(one.command ?? 'false', {
      timeoutMs: COMMAND_MS,
      signal,
    });
    if (code !== 0) throw new Error(`the command of ${name} ended with ${code}`);
    return out.split('\n');
  };
  // Lines of hours in which nobody watched would be told as those of one reading.
  let isLate = false;
  return {
    name,
    everyMs: one.everySeconds * 1000,
    metrics: [one.metric],
    startOver: () => {
      isLate = true;
    },
    sample: async (signal) => {
      const value = (await read(signal)).filter((line) => matches(line)).length;
      const tellsOfGap = isLate;
      isLate = false;
      if (tellsOfGap) return [];
      return [{ metric: one.metric, series: 'all', source: name, value }];
    },
  };
}
