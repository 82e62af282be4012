import type { WatchVerdict } from '../../domain/watch/tally.ts';
import type { Live } from './live.ts';

const COMPLETE = 'complete: nothing above its limit to the end of the monitoring';

/** live → complete: after the whole of the monitoring, and not after a part of it (E-116). */
export function recordEnd(live: Live, verdict: WatchVerdict): void {
  const { recorder, run, watched, context, order, tallying, attention, other } = live;
  const isToEnd = tallying.tally().decision4 !== undefined && order.forMs === undefined;
  const why = verdict === 'healthy' && isToEnd ? attention.whyNotWhole() : verdict;
  const state = why === undefined ? 'complete' : 'stopped';
  if (context.stop.stopping && state === 'stopped') return;
  const said = other ?? why ?? COMPLETE;
  const data = { version: watched.version, verdict, state, said } as const;
  recorder.event({ id: `${run}:ended`, run, type: 'watch.ended', data });
}
