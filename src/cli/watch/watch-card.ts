import { sayClock } from '../../domain/calendar/say-moment.ts';
import { seconds } from '../../domain/duration.ts';
import { headlineOf } from '../../domain/watch/headline.ts';
import { stateOf } from '../../domain/watch/state-of.ts';
import { type CardKeeper, makeCardKeeper } from '../card/make-card-keeper.ts';
import { figuresOf, measurementsOf } from './figures.ts';
import { type Live, plannedEnd } from './live.ts';

/** The head of the thread while its release is watched. None of it keeps the watch waiting. */
export interface WatchCard {
  /** Rewrites it when the word for how it stands is another one than before. */
  beat(at: number): void;
  /** Rewrites it by what the ledger says at the end; gives what is to be said of heads that do not have it. */
  end(): Promise<readonly string[]>;
}

/** So often it is looked whether the word is another one: a head is no alarm. */
const PACE_MS = seconds(10);

const SILENT: WatchCard = { beat: () => undefined, end: async () => [] };

const keeperOf = (live: Live, run: string): CardKeeper => {
  const { services, render, env } = live.wired;
  // What it says is of the time of the watch; what it waits for is not.
  const clock = { ...live.base.clock, now: () => new Date(live.now()) };
  return makeCardKeeper(run, { services, render, env, clock });
};

/** What is measured, for the lines that the ledger does not have. */
function measuredBy(live: Live, at: number) {
  const { watch, doubt, wired } = live;
  const { timezone } = wired.runbook;
  const state = { ...stateOf(watch, doubt) };
  const until = sayClock(plannedEnd(live), timezone);
  return {
    watching: { state, asOf: sayClock(at, timezone), until },
    measurements: measurementsOf(figuresOf(watch)),
  };
}

/** Keeps the card of what is watched; nothing of a single look, where nobody knows its run, or without Slack. */
export function makeWatchCard(live: Live): WatchCard {
  const { run } = live.watched;
  if (live.order.once || run === undefined || !live.wired.configured.has('slack')) return SILENT;
  const keeper = keeperOf(live, run);
  let word = '';
  let next = 0;
  let last: Promise<void> = Promise.resolve();
  const show = async (at: number): Promise<void> => {
    await live.recorder.done();
    keeper.show(await live.base.ledger.read(live.base.scope), measuredBy(live, at));
  };
  const queue = (at: number): void => {
    last = last.then(() => show(at)).catch(() => undefined);
  };
  return {
    beat: (at) => {
      if (at < next) return;
      next = at + PACE_MS;
      const now = headlineOf([], stateOf(live.watch, live.doubt));
      if (now === word) return;
      word = now;
      queue(at);
    },
    end: async () => {
      queue(live.now());
      await last;
      return keeper.close();
    },
  };
}
