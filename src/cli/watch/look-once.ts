import type { Change } from '../../domain/watch/change.ts';
import { stamp } from '../../engine/watch/stamp.ts';
import { type Live, noteFiring } from './live.ts';
import { makeTroubles } from './say-live.ts';

const noteAll = (changes: readonly Change[], live: Live): void => {
  for (const change of changes) noteFiring(change, live);
};

/** Every source once, and what can be said of one look. */
export async function lookOnce(live: Live): Promise<void> {
  const { samplers, tallying, file, now, context } = live;
  const trouble = makeTroubles(live);
  for (const sampler of samplers) {
    try {
      const readings = await sampler.sample(context.stop.signal);
      for (const reading of readings) {
        const tick = stamp(reading, now());
        file.add(tick);
        noteAll(tallying.take(tick), live);
      }
    } catch (error) {
      trouble(sampler.name, error);
    }
  }
  // The rules are asked every second: the look is over when the next one has passed.
  noteAll(tallying.advance(now() + 1000), live);
  file.flush();
}
