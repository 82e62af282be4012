import { hours, minutes } from '../../domain/duration.ts';
import { bareVersion } from '../../domain/version.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import { readMinute } from '../watch/sources/app.ts';
import type { Wired } from '../wired.ts';

const MOST_MS = hours(24);

/**
 * What the application tells of its users since `since` (ms since 1970), minute by minute, oldest first: a look sees more
 * than the minutes that it lasts (V24-01, V24-02). Empty where no such source is configured. Throws what the second try
 * threw when the application could not be asked.
 */
export async function tellHour(
  version: string,
  [since, now]: readonly [number, number],
  { services, env, configured, runbook }: Wired,
): Promise<readonly Tick[]> {
  const [source, app] = Object.entries(runbook.measurements).find(([, one]) => one.source === 'app') ?? [];
  if (source === undefined || app?.source !== 'app' || !configured.has('metrics')) return [];
  const from = Math.max(since, now - MOST_MS);
  const ask = () => services.metrics.routes(env, new Date(from).toISOString());
  const told = await ask().catch(ask);
  return told
    .map((one) => ({ ...one, at: Date.parse(one.minute) + minutes(1) }))
    .filter((one) => one.at > from && one.at <= now)
    .filter((one) => one.version === undefined || bareVersion(one.version) === bareVersion(version))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, ...one }) => readMinute(one, source, app.minSamples).map((tick) => ({ ...tick, at })));
}
