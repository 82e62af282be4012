import { minutes, sayDuration, seconds } from '../../domain/duration.ts';
import { isWorse, type Level } from '../../domain/watch/rule.ts';
import { type BaselineTick, isReading, type MarkTick, type Tick } from '../../domain/watch/tick.ts';

/** A first measurement that comes later than this has missed the beginning. */
const LATE_MS = minutes(1);
/** A longer hole is more than a rule bridges. */
const HOLE_MS = minutes(5);

/** How often a watch asks which version answers. */
export const STANDING_MS = seconds(30);

const TWO = 'more than one version answered';

/** How much of the monitoring was watched, and of which version: of the last one, where it was begun anew. Give it every tick. */
export class Attention {
  /** What values are compared with. */
  readonly baselines: BaselineTick[] = [];
  /** When users came, in ms since 1970: the first moment of which the record says so. Undefined: not yet. */
  usersCame: number | undefined;
  /** When it was begun anew; undefined: it began when users came. */
  private anew: number | undefined;
  private last: number | undefined;
  private late: number | undefined;
  private hole = 0;
  private doubtAt: number | undefined;
  private doubtMs = 0;
  /** The first reason to doubt which version is judged: what was measured meanwhile stays doubtful. Undefined: none. */
  doubt: string | undefined;
  /** When its watching was last broken: a hole ended, or nobody knew which version answers. ms since 1970. */
  brokenAt = 0;

  take(tick: Tick): void {
    if ('baseline' in tick) this.baselines.push(tick);
    if ('mark' in tick) this.mark(tick);
    if (!isReading(tick) || this.last === undefined) return;
    this.late ??= tick.at - this.last;
    const hole = tick.at - this.last;
    if (hole > HOLE_MS) this.brokenAt = tick.at;
    this.hole = Math.max(this.hole, hole);
    this.last = tick.at;
  }

  /** Each time that the application was asked which version it is. `at`: ms since 1970; undefined: no doubt now. */
  hear(at: number, doubt: string | undefined): void {
    if (this.doubtAt !== undefined) this.doubtMs += at - this.doubtAt;
    this.doubtAt = doubt === undefined ? undefined : at;
    this.doubt ??= doubt;
    if (doubt !== undefined) this.brokenAt = at;
  }

  /** Why nobody knows at its end which version is judged; undefined: it is known. */
  openDoubt(): string | undefined {
    return this.doubtAt === undefined ? undefined : this.doubt;
  }

  /** Why it will be known already at `now` that the whole of it cannot be well any more; undefined: it may be. */
  whyAlready(now: number, worst: Level): string | undefined {
    const silent = now - (this.last ?? now);
    if (this.late === undefined) return silent > LATE_MS ? this.sayLate(silent) : undefined;
    return silent > HOLE_MS ? `nobody watched for ${sayDuration(silent)}` : this.whyNotWhole(worst);
  }

  /** Why nobody can say that the whole of the monitoring was well, when `worst` fired in it; undefined: it was. */
  whyNotWhole(worst: Level): string | undefined {
    const { late, hole } = this;
    if (late === undefined) return `nothing was measured since ${this.sayBegin()}`;
    if (late > LATE_MS) return this.sayLate(late);
    if (hole > HOLE_MS) return `nobody watched for ${sayDuration(hole)}`;
    if (this.doubt !== undefined)
      return `both versions answered for ${sayDuration(Math.max(STANDING_MS, this.doubtMs))}`;
    return isWorse(worst, 'P3') ? `${worst} fired in it` : undefined;
  }

  private sayBegin(): string {
    return this.anew === undefined ? 'users came' : 'it was begun anew';
  }

  private sayLate(ms: number): string {
    return `watched only from ${sayDuration(ms)} after ${this.sayBegin()}`;
  }

  private mark({ mark, at }: MarkTick): void {
    if (mark === 'open') this.begin(at);
    if (mark === 'doubt') this.hear(at, TWO);
    if (mark === 'sure') this.hear(at, undefined);
    // For how long it was so meanwhile nobody knows.
    if (mark === 'gap' && this.doubtAt !== undefined) this.doubtAt = at;
  }

  private begin(at: number): void {
    if (this.usersCame === undefined) this.usersCame = at;
    else this.anew = at;
    this.last = at;
    this.late = undefined;
    this.hole = 0;
    this.doubtMs = 0;
    this.doubt = this.openDoubt();
  }
}
