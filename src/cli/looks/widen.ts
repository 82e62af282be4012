import type { Runbook } from '../../config/schema/index.ts';
import { minutes } from '../../domain/duration.ts';
import type { Rule } from '../../domain/watch/rule.ts';
import type { Reading, Sampler } from '../../engine/watch/sampler.ts';

type Measurements = Runbook['measurements'];

const MOST_WINDOW = 24 * 60;
const SINCE = ' since the look before';

/** The payments among what is measured, counted over so many ms more: in a quiet night the last half hour proves nothing (V24-04). */
export function widen(measurements: Measurements, sinceMs: number): Measurements {
  const passed = Math.min(MOST_WINDOW, Math.ceil(sinceMs / minutes(1)));
  return Object.fromEntries(
    Object.entries(measurements).flatMap(([name, one]) =>
      one.source === 'stripe' && one.windowMinutes < passed
        ? [[`${name}${SINCE}`, { ...one, windowMinutes: passed }]]
        : [],
    ),
  );
}

/** The same source with the wide reading in place of one that rests on too few samples, and the wide one beside it. */
const join = (near: Sampler, wide: Sampler, leastOf: (metric: string) => number): Sampler => ({
  ...near,
  sample: async (signal) => {
    const [own, far] = await Promise.all([near.sample(signal), wide.sample(signal)]);
    const choose = (one: Reading, i: number): Reading =>
      (one.n ?? 0) < leastOf(one.metric) ? { ...one, ...far[i], source: one.source } : one;
    return [...own.map(choose), ...far];
  },
});

/**
 * Each source with its wide twin where there is one. The configured window keeps its own word: an outage of the last half
 * hour would drown in a day that was well.
 */
export function addWide(
  sources: readonly Sampler[],
  wide: readonly Sampler[],
  rules: readonly Rule[],
): readonly Sampler[] {
  const leastOf = (metric: string): number =>
    Math.max(1, ...rules.filter((rule) => rule.metric === metric).map(({ minSamples }) => minSamples));
  return sources.map((near) => {
    const twin = wide.find(({ name }) => name === `${near.name}${SINCE}`);
    return twin === undefined ? near : join(near, twin, leastOf);
  });
}
