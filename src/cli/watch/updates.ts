import { progressMinutes } from '../../config/progress-pace.ts';
import { minutes } from '../../domain/duration.ts';
import { type Cadence, hurry, keepPace, makeCadence, notBefore } from '../../domain/watch/cadence.ts';
import { isWorse, type Level } from '../../domain/watch/rule.ts';
import { doubtfully, type Live } from './live.ts';
import { postUpdate } from './post-update.ts';

/** An update that is no later than this is in time. */
const LATE_MS = minutes(1);
/** So long after one that reached nobody the next one is tried. */
const RETRY_MS = minutes(1);
/** A watch that has just begun has nothing to tell yet. */
const SETTLING_MS = minutes(1);

/** The updates of a watch. */
export interface Updates {
  /** ms since 1970; undefined: nobody is told. */
  dueAt(): number | undefined;
  beat(at: number): void;
  /** Posts the next one at once; the one after it is due a whole pace later. */
  sendNow(): void;
  /** Waits for what is still being posted. */
  done(): Promise<void>;
}

/** How often people are told: more often while something calls for a rollback, and after one (COM-01g, COM-05g, COM-09f). */
function paceOf({ watch, watched, wired }: Live): number {
  const { incidentEveryMinutes, rollbackProgressEveryMinutes } = wired.runbook.monitoring;
  if (watched.plan?.command === 'rollback') return minutes(rollbackProgressEveryMinutes);
  return minutes(isWorse(watch.level(), 'hold') ? incidentEveryMinutes : progressMinutes(wired.runbook));
}

/** The updates that people were promised (E-103), one after the other. Posting never keeps the watch waiting. */
class PromisedUpdates implements Updates {
  private readonly live: Live;
  private readonly isOn: boolean;
  private cadence: Cadence;
  private nth = 0;
  private told: Level = 'ok';
  private tryAt = Number.NEGATIVE_INFINITY;
  private open: Promise<void> | undefined;

  constructor(live: Live) {
    this.live = live;
    this.isOn = live.wired.configured.has('slack') && live.watched.plan !== undefined;
    const promised = makeCadence(live.toldAt, paceOf(live));
    // Before the first watch nobody was there to post one: it is not late, and waits for something to tell.
    this.cadence = live.isFirst ? notBefore(promised, live.began + SETTLING_MS) : promised;
  }

  dueAt(): number | undefined {
    return this.isOn ? this.cadence.dueAt : undefined;
  }

  beat(at: number): void {
    const { live } = this;
    if (!this.isOn || live.other !== undefined) return;
    this.cadence = keepPace(this.cadence, paceOf(live), at);
    const level = doubtfully(live.watch.level(), live);
    if (isWorse(level, 'hold') && isWorse(level, this.told)) this.cadence = hurry(this.cadence, at);
    if (at >= Math.max(this.cadence.dueAt, this.tryAt, this.settledAt())) this.send(at);
  }

  sendNow(): void {
    if (this.isOn) this.send(this.live.now());
    else this.live.context.out.note('  nobody is told: no Slack, or no run of this release in the ledger');
  }

  async done(): Promise<void> {
    await this.open;
  }

  /** What was not measured since a gap would be told as not known. */
  private settledAt(): number {
    const { tallying, began, gapMs } = this.live;
    const since = tallying.tally().since ?? began;
    return gapMs === undefined && since <= began ? began : Math.max(began, since) + SETTLING_MS;
  }

  private send(at: number): void {
    if (this.open !== undefined) return;
    this.nth += 1;
    const level = doubtfully(this.live.watch.level(), this.live);
    const { dueAt } = this.cadence;
    const lateMs = at - dueAt > LATE_MS ? at - dueAt : 0;
    const work = postUpdate({ nth: this.nth, at, dueAt, lateMs }, this.live).catch(() => false);
    this.open = work.then((isTold) => {
      this.open = undefined;
      this.tryAt = at + RETRY_MS;
      if (!isTold) return;
      this.told = level;
      this.cadence = makeCadence(at, paceOf(this.live));
    });
  }
}

/** What is overdue, because nobody watched or Slack was away, is posted as soon as it can be, and says how late it is. */
export const makeUpdates = (live: Live): Updates => new PromisedUpdates(live);
