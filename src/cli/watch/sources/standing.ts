import type { Sampler } from '../../../engine/watch/sampler.ts';
import { STANDING_MS } from '../attention.ts';
import { findOther } from '../find-other.ts';
import type { Live } from '../live.ts';

/** Whether the release that is watched is still the one that users have; it measures nothing. */
export const makeStanding = (live: Live): Sampler => ({
  name: 'standing',
  everyMs: STANDING_MS,
  metrics: [],
  sample: async () => {
    const { doubt, other } = await findOther(live.watched, live.wired);
    live.other ??= other;
    if (doubt !== live.doubt)
      live.context.out.note(`  ? ${doubt ?? `only ${live.watched.version} answers again`}`);
    live.attention.hear(live.now(), doubt);
    live.doubt = doubt;
    return [];
  },
});
