import { hours } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { nearestRank } from '../../domain/percentile.ts';
import type { Watch } from '../../domain/watch/fold.ts';
import type { BaselineTick } from '../../domain/watch/tick.ts';
import type { RouteMinute } from '../../services/metrics/port.ts';
import type { Wired } from '../wired.ts';
import type { Watched } from './find-release.ts';

const BEFORE_MS = hours(24);
/** Fewer minutes are no baseline. */
const LEAST_MINUTES = 3;

function medianOf(all: readonly RouteMinute[], route: string, least: number): number | undefined {
  const values = all
    .filter((one) => one.route === route && one.requests >= least)
    .flatMap(({ p95 }) => (p95 === undefined ? [] : [p95]));
  return values.length < LEAST_MINUTES ? undefined : nearestRank(values, 0.5);
}

/**
 * P95 of every route in the 24 hours before T_start, from what the application tells (E-15); after a rollback in those
 * before the release that it took back (E-22).
 */
async function askApp(
  watched: Watched,
  { services, env, configured, runbook }: Wired,
): Promise<BaselineTick[]> {
  const [source, app] = Object.entries(runbook.measurements).find(([, one]) => one.source === 'app') ?? [];
  if (source === undefined || app?.source !== 'app' || !configured.has('metrics')) return [];
  const since = new Date(watched.before - BEFORE_MS).toISOString();
  const told = await services.metrics.routes(env, since);
  const before = told.filter(({ minute }) => Date.parse(minute) < watched.before);
  return [...new Set(before.map(({ route }) => route))].flatMap((series) => {
    const baseline = medianOf(before, series, app.minSamples);
    return baseline === undefined ? [] : [{ at: watched.live, metric: 'p95-ms', series, source, baseline }];
  });
}

/** The same queries, as they would have been answered before the release began. */
async function askPrometheus(watched: Watched, { services, runbook }: Wired): Promise<BaselineTick[]> {
  const needs = new Set(
    Object.entries(runbook.rules).flatMap(([id, rule]) =>
      rule.against === 'baseline' ? [rule.metric ?? id] : [],
    ),
  );
  const asked = Object.entries(runbook.measurements).flatMap(([source, one]) =>
    one.source === 'prometheus' && needs.has(one.metric) && !one.query.includes('{version}')
      ? [{ ...one, name: source }]
      : [],
  );
  const told = await Promise.all(
    asked.map(async ({ url, token, query, metric, series, name: source }) => {
      const samples = await services.prometheus.ask({
        ...{ url, query, at: watched.before },
        ...(token === undefined ? {} : { token }),
      });
      return samples.map(({ labels, value }) => ({
        ...{ at: watched.live, metric, source, baseline: value },
        series: series === undefined ? 'all' : (labels[series] ?? 'all'),
      }));
    }),
  );
  return told.flat();
}

/** What later values are compared with. Where nothing is known of before, rules that compare stay unknown; `tell` hears why. */
export async function captureBaseline(
  watched: Watched,
  wired: Wired,
  tell: (said: string) => void,
): Promise<readonly BaselineTick[]> {
  const told = await Promise.allSettled([askApp(watched, wired), askPrometheus(watched, wired)]);
  for (const one of told)
    if (one.status === 'rejected')
      tell(`  ▲ no baseline: ${isReleaseError(one.reason) ? one.reason.text.what : one.reason}`);
  return told.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

const NOBODY = 'nobody measured it before the release: measure by source app, or prometheus';

/**
 * Which rules will stay unknown for want of a baseline, and what helps. What a watch goes on with is what the first one captured:
 * hours after a release nobody can ask anew how it was before.
 */
export function sayNoBaseline(
  watch: Pick<Watch, 'lackBaseline'>,
  goesOn: boolean,
  tell: (said: string) => void,
): void {
  const rules = watch.lackBaseline();
  if (rules.length === 0) return;
  const why = goesOn ? 'the record of the first watch has none' : NOBODY;
  tell(`  ▲ no baseline, so ${rules.join(', ')} stays unknown: ${why}`);
}
