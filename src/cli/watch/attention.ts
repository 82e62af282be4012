import { minutes, sayDuration, seconds } from '../../domain/duration.ts';
import { isWorse, type Level } from '../../domain/watch/rule.ts';
import { type BaselineTick, isReading, type Tick } from '../../domain/watch/tick.ts';

/** A first measurement that comes later than this has missed the beginning. */
const LATE_MS = minutes(1);
/** A longer hole is more than a rule bridges. */
const HOLE_MS = minutes(5);

/** How often a watch asks which version answers. */
export const STANDING_MS = seconds(30);

/** How much of the time since users came was watched, and of which version. Give it every tick. */
export class Attention {
  /** What values are compared with. */
  readonly baselines: BaselineTick[] = [];
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
    if ('mark' in tick) {
      if (tick.mark === 'open') this.last = tick.at;
      return;
    }
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

  /** Why nobody can say that the whole of the monitoring was well, when `worst` fired in it; undefined: it was. */
  whyNotWhole(worst: Level): string | undefined {
    const { late = Number.POSITIVE_INFINITY, hole } = this;
    if (late > LATE_MS)
      return Number.isFinite(late)
        ? `watched only from ${sayDuration(late)} after users came`
        : 'nothing was measured since users came';
    if (hole > HOLE_MS) return `nobody watched for ${sayDuration(hole)}`;
    if (this.doubt !== undefined)
      return `both versions answered for ${sayDuration(Math.max(STANDING_MS, this.doubtMs))}`;
    return isWorse(worst, 'P3') ? `${worst} fired in it` : undefined;
  }
}
