import type { MarkTick } from '../../../domain/watch/tick.ts';
import type { Sampler } from '../../../engine/watch/sampler.ts';
import { STANDING_MS } from '../attention.ts';
import { findOther } from '../find-other.ts';
import type { Live } from '../live.ts';

/**
 * Whether the release that is watched is still the one that users have; it measures nothing. `mark` puts into the record when
 * another version answers and when it does no more: whoever goes on with the watch has to know.
 */
export const makeStanding = (live: Live, mark: (mark: MarkTick['mark']) => void): Sampler => ({
  name: 'standing',
  everyMs: STANDING_MS,
  metrics: [],
  sample: async (signal) => {
    const { doubt, other } = await findOther(live.watched, live.wired, live.doubt !== undefined);
    if (signal.aborted) return [];
    live.other ??= other;
    if (doubt !== live.doubt)
      live.context.out.note(`  ? ${doubt ?? `only ${live.watched.version} answers again`}`);
    live.attention.hear(live.now(), doubt);
    if ((doubt === undefined) !== (live.doubt === undefined)) mark(doubt === undefined ? 'sure' : 'doubt');
    live.doubt = doubt;
    return [];
  },
});
