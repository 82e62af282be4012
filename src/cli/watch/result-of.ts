import { minutes } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { WatchVerdict } from '../../domain/watch/tally.ts';
import type { Live } from './live.ts';

/** A watch for machines (ux 2.13). */
export function resultOf(live: Live, verdict: WatchVerdict): JsonObject {
  const { tallying, watch, watched, file, now, gapMs } = live;
  const tally = tallying.tally();
  return {
    minutes: Math.round((now() - live.began) / minutes(1)),
    samples: tally.samples,
    open: new Date(watched.open).toISOString(),
    ticks: file.path,
    verdict,
    gapMs: gapMs ?? null,
    decision3: tally.decision3 ?? null,
    decision4: tally.decision4 ?? null,
    rules: watch.view().map(({ fired, building, ...view }) => ({
      ...view,
      value: view.value ?? null,
      series: view.series ?? null,
      state: fired !== undefined ? 'fired' : building !== undefined ? 'building' : 'quiet',
      band: { ...(fired ?? building ?? {}) },
    })),
    other: live.other ?? null,
    doubt: live.doubt ?? null,
    unproven: watch.unproven().map((one) => ({ ...one })),
    fired: live.fired === undefined ? null : { ...live.fired },
  };
}
