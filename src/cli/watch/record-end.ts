import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { figuresOf } from './figures.ts';
import type { Live } from './live.ts';

const COMPLETE = 'complete: nothing above its limit to the end of the monitoring';

/** live → complete: after the whole of the monitoring, and not after a part of it (E-116). */
export function recordEnd(live: Live, verdict: WatchVerdict): void {
  const { recorder, run, watched, context, order, tallying, attention, other, leaves } = live;
  const { decision4, worst } = tallying.tally();
  const isToEnd = decision4 !== undefined && order.forMs === undefined;
  const why = verdict === 'healthy' && isToEnd ? attention.whyNotWhole(worst) : verdict;
  const state = why === undefined ? 'complete' : 'stopped';
  const isLeft = context.stop.stopping || leaves === 'unwatched';
  if (isLeft && state === 'stopped') return;
  const said = other ?? why ?? COMPLETE;
  // The application may not remember for a week how it was before the release.
  const baselines = attention.baselines.map((one) => ({ ...one }));
  const kept = state === 'complete' ? { baselines, figures: figuresOf(live.watch) } : {};
  const data = { version: watched.version, verdict, state, said, ...kept } as const;
  recorder.event({ id: `${run}:ended`, run, type: 'watch.ended', data });
}
