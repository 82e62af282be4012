import type { Tally, WatchVerdict } from '../../domain/watch/tally.ts';
import { figuresOf } from './figures.ts';
import { type Live, plannedEnd } from './live.ts';

const COMPLETE = 'complete: nothing above its limit to the end of the monitoring';

const WHY: Readonly<Record<Exclude<WatchVerdict, 'healthy'>, string>> = {
  evaluate: 'something was above its limit at its end',
  inconclusive: 'not enough was measured to say',
  rollback: 'a rule called for a rollback',
};

/** Whether it watched until the time of the monitoring was over, and not for a part of it. */
export const isToEnd = (live: Live): boolean =>
  live.order.forMs === undefined && !live.order.once && live.now() >= plannedEnd(live);

/** What nobody knew for a part of it was not shown to be well then, whatever it is by the end; undefined: nothing. */
export const whySilent = ({ silent }: Pick<Tally, 'silent'>): string | undefined =>
  silent === undefined ? undefined : `${silent} fell silent in it`;

/** Why this watch does not complete the release; undefined: it does (E-116). */
export function whyIncomplete(live: Live, verdict: WatchVerdict): string | undefined {
  if (verdict !== 'healthy') return live.other ?? WHY[verdict];
  if (!isToEnd(live)) return 'it ended before the monitoring did';
  const tally = live.tallying.tally();
  return live.attention.whyNotWhole(tally.worst) ?? whySilent(tally);
}

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * That a watch of the monitoring is under way, and until when: nobody is to call it unwatched meanwhile. Its own time may run
 * faster than that of the ledger.
 */
export function recordBegin(live: Live): void {
  const { recorder, run, watched, base, wired, order, now } = live;
  if (order.once || order.forMs !== undefined) return;
  const leftMs = Math.max(0, plannedEnd(live) - now()) / (wired.clock.speed ?? 1);
  const until = iso(base.clock.now().getTime() + leftMs);
  const data = { version: watched.version, until };
  recorder.event({ id: `${run}:begun`, run, type: 'watch.begun', data });
}

/**
 * live → complete: after the whole of the monitoring, and not after a part of it (E-116). What it measured is kept at every end at
 * which it had seen enough to say something, good or bad: handoffs and postmortems rest on it.
 */
export function recordEnd(live: Live, verdict: WatchVerdict): void {
  const { recorder, run, watched, context, attention, leaves } = live;
  const why = whyIncomplete(live, verdict);
  const state = why === undefined ? 'complete' : 'stopped';
  const isLeft = context.stop.stopping || leaves === 'unwatched';
  if (isLeft && state === 'stopped') return;
  // The application may not remember for a week how it was before the release.
  const baselines = attention.baselines.map((one) => ({ ...one }));
  const kept = verdict === 'inconclusive' ? {} : { baselines, figures: figuresOf(live.watch) };
  const seen = { since: iso(watched.open), ...kept };
  const data = { version: watched.version, verdict, state, said: why ?? COMPLETE, ...seen } as const;
  recorder.event({ id: `${run}:ended`, run, type: 'watch.ended', data });
}
