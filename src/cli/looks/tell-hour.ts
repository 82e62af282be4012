import { hours, minutes } from '../../domain/duration.ts';
import { bareVersion } from '../../domain/version.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import { doubtMinutes } from '../../domain/week/doubt-minutes.ts';
import { readMinute } from '../watch/sources/app.ts';
import type { Wired } from '../wired.ts';

const MOST_MS = hours(24);

/** The minutes of the time in which nobody looked, and why they may not be all of them. */
interface Hour {
  readonly ticks: readonly Tick[];
  readonly doubt: string | undefined;
}

/** The same twice where it has to be; throws what the second try threw. */
async function ask(from: number, { services, env }: Wired) {
  const once = () =>
    Promise.all([
      services.metrics.routes(env, new Date(from).toISOString()),
      services.metrics.keptSince(env),
    ]);
  const [told, kept] = await once().catch(once);
  const [first] = told.map(({ minute }) => Date.parse(minute)).sort((a, b) => a - b);
  const keptSince = kept === undefined ? undefined : Date.parse(kept);
  return { told, doubt: doubtMinutes({ from, keptSince, first }) };
}

/**
 * What the application tells of its users since `since` (ms since 1970), minute by minute, oldest first: a look sees more
 * than the minutes that it lasts (V24-01, V24-02). Empty where no such source is configured. Throws when the application could
 * not be asked.
 */
export async function tellHour(
  version: string,
  [since, now]: readonly [number, number],
  wired: Wired,
): Promise<Hour> {
  const { configured, runbook } = wired;
  const [source, app] = Object.entries(runbook.measurements).find(([, one]) => one.source === 'app') ?? [];
  if (source === undefined || app?.source !== 'app' || !configured.has('metrics'))
    return { ticks: [], doubt: undefined };
  const from = Math.max(since, now - MOST_MS);
  const { told, doubt } = await ask(from, wired);
  const ticks = told
    .map((one) => ({ ...one, at: Date.parse(one.minute) + minutes(1) }))
    .filter((one) => one.at > from && one.at <= now)
    .filter((one) => one.version === undefined || bareVersion(one.version) === bareVersion(version))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, ...one }) => readMinute(one, source, app.minSamples).map((tick) => ({ ...tick, at })));
  return { ticks, doubt };
}
