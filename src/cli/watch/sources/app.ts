import { minutes } from '../../../domain/duration.ts';
import { bareVersion } from '../../../domain/version.ts';
import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import type { RouteMinute } from '../../../services/metrics/port.ts';
import type { SourceWorld } from './source-world.ts';

/** One route in one minute. A percentile of too few requests is none. */
export function readMinute(
  { route: series, errors: k, requests: n, p95 }: RouteMinute,
  source: string,
  least: number,
): Reading[] {
  const from = { series, source };
  const isEnough = p95 !== undefined && n >= least;
  return [
    { ...from, metric: 'error-percent', k, n },
    ...(isEnough ? [{ ...from, metric: 'p95-ms', value: p95, n }] : []),
  ];
}

/**
 * What the application tells of its users (MON-01, MON-02, MON-11): each minute once, when it is over, and only of the
 * version that is watched: while it is being promoted two of them answer.
 */
export function makeAppSource(name: string, everyMs: number, least: number, world: SourceWorld): Sampler {
  const { services, env } = world.wired;
  const version = bareVersion(world.version);
  // The first answer only says which minute is the newest: what was before the watch is not its matter.
  let last: string | undefined;
  return {
    name,
    everyMs,
    metrics: ['error-percent', 'p95-ms'],
    // Minutes in which nobody watched would be told all at once, as if they were the last one.
    startOver: () => {
      last = undefined;
    },
    sample: async () => {
      const since = last === undefined ? world.now() : Date.parse(last);
      const told = await services.metrics.routes(env, new Date(since - minutes(2)).toISOString());
      const known = last ?? told.at(-1)?.minute ?? '';
      const news = told.filter(({ minute }) => minute > known);
      last = news.at(-1)?.minute ?? (known === '' ? undefined : known);
      const ours = news.filter((one) => one.version === undefined || bareVersion(one.version) === version);
      // That it answered, and that nobody used it, is something else than silence.
      const idle: Reading = { metric: 'error-percent', series: 'all', source: name, k: 0, n: 0 };
      return [idle, ...ours.flatMap((one) => readMinute(one, name, least))];
    },
  };
}
