import type { Change } from '../../domain/watch/change.ts';
import { isGap, type MarkTick, type Tick } from '../../domain/watch/tick.ts';
import { sampleUntil } from '../../engine/watch/sample-until.ts';
import { expectAll } from './expect-all.ts';
import { isOver, type Live, noteFiring } from './live.ts';
import { makeStandingNotes } from './note-standing.ts';
import { openLines } from './open-lines.ts';
import { makeMinuteLines, makeNews, makeTroubles, sayGap } from './say-live.ts';
import { makeBell } from './screen/make-bell.ts';
import { takeTerminal } from './screen/take-terminal.ts';
import { makeStanding } from './sources/standing.ts';
import { makeTellers } from './tellers.ts';
import type { WatchCard } from './watch-card.ts';

/** What of each moment is kept in the ledger, and seen and heard by whoever sits at the screen. */
function makeShow(live: Live): (at: number) => void {
  const { screen, trail, watch } = live;
  const [stand, ring] = [makeStandingNotes(live), makeBell(live)];
  return (at) => {
    stand(at);
    if (screen === undefined) return;
    trail.note(at, watch.view());
    screen.refresh();
    ring(at);
  };
}

/** Gives a tick to all that remember. A gap takes everything back, also what was expected of whom. */
function takeIn(tick: Tick, live: Live): readonly Change[] {
  live.file.add(tick);
  live.attention.take(tick);
  const told = live.tallying.take(tick);
  if (isGap(tick)) for (const one of expectAll(live.samplers, tick.at)) takeIn(one, live);
  return told;
}

/**
 * Measures, judges and tells until `end` (ms since 1970), a firing rule, another version or Ctrl-C. Returns what waits for the
 * updates that are still being posted.
 */
export async function watchOn(live: Live, end: number, card: WatchCard): Promise<() => Promise<void>> {
  const { tallying, file, samplers, context, wired, now } = live;
  const lines = openLines(context);
  const minute = live.screen === undefined ? makeMinuteLines(live) : () => undefined;
  const tellers = makeTellers(live);
  const giveBack = takeTerminal(live, tellers.updates);
  const [show, sayNews] = [makeShow(live), makeNews(live)];
  const changed = (changes: readonly Change[]): void => {
    for (const change of changes) {
      lines.write(change);
      noteFiring(change, live);
      live.recorder.change(change);
    }
    sayNews(changes);
  };
  const take = (tick: Tick): readonly Change[] => takeIn(tick, live);
  const say = (mark: MarkTick['mark']): void => changed(take({ at: now(), mark }));
  const beat = (at: number): void => {
    file.flush();
    minute(at);
    tellers.beat(at);
    card.beat(at);
    show(at);
  };
  try {
    await sampleUntil(end, now, {
      ...{ clock: wired.clock, samplers: [...samplers, makeStanding(live, say)], take, changed, beat },
      advance: (at) => tallying.advance(at),
      slept: (ms) => sayGap(context, ms),
      trouble: makeTroubles(live),
      isOver: () => isOver(live) || context.stop.stopping,
      signal: context.stop.signal,
    });
    // Also where a rule ended it: whoever replays the record must come to the moment at which that rule fired.
    const mark = now() >= end ? 'end' : 'tick';
    changed([...take({ at: now(), mark }), ...tallying.advance(now())]);
    tellers.end(now());
  } finally {
    giveBack();
    file.flush();
    lines.close();
  }
  return tellers.done;
}
