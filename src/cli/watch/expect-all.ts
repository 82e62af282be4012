import type { ExpectTick } from '../../domain/watch/tick.ts';
import type { Sampler } from '../../engine/watch/sampler.ts';

/** What every source of the configuration is to tell of, said before it does: one that never answers is seen to be missing. */
export const expectAll = (samplers: readonly Sampler[], at: number): readonly ExpectTick[] =>
  samplers.flatMap(({ name: source, metrics }) =>
    metrics.map((metric) => ({ at, metric, source, expected: true as const })),
  );
