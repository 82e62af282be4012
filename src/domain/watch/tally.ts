import { minutes } from '../duration.ts';
import { Calm } from './calm.ts';
import type { Change } from './change.ts';
import type { Watch } from './fold.ts';
import { Holes } from './holes.ts';
import { isWorse, type Level, rankOf } from './rule.ts';
import { isGap, isOpening, isReading, type MarkTick, type Tick } from './tick.ts';

/** ux 2.13. evaluate: people decide. inconclusive: too little is known to say. */
export type WatchVerdict = 'healthy' | 'evaluate' | 'rollback' | 'inconclusive';

/** Fewer measurements are no watch. */
const LEAST_SAMPLES = 30;

/** What a watch came to, decision by decision. */
export interface Tally {
  readonly samples: number;
  /** ms since 1970. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Since when it was watched without a gap. */
  readonly since: number | undefined;
  readonly level: Level;
  /** The worst that was measured. */
  readonly worst: Level;
  /** Whether something bad builds up at its end, or it was too short to see that. */
  readonly isOpen: boolean;
  /** Whether more than one version answers at its end. */
  readonly isDoubted: boolean;
  /** The first source that fell silent in it for long, though it may tell again; undefined: none. */
  readonly silent: string | undefined;
  /** The first line at or above the level that fails the watch. */
  readonly rolledBack: Change | undefined;
  /** Levels at the moments at which people decide; undefined: it did not last so long. */
  readonly decision3: Level | undefined;
  readonly decision4: Level | undefined;
}

/** How long after T_open people decide (corrections 2.4). */
export interface DecisionMinutes {
  readonly decision3: number;
  readonly decision4: number;
}

const NONE: readonly Change[] = [];
const join = (a: readonly Change[], b: readonly Change[]): readonly Change[] =>
  a.length === 0 ? b : [...a, ...b];

/** Counts along while a watch takes its ticks. Give it everything that the watch gives. */
export class Tallying {
  /** Since when all is well. */
  readonly calm = new Calm();
  private readonly watch: Watch;
  private readonly failOn: Level;
  private readonly after: DecisionMinutes;
  private samples = 0;
  private from: number | undefined;
  private to: number | undefined;
  /** Since when it watches without a gap. */
  private since: number | undefined;
  private worst: Level = 'ok';
  private rolledBack: Change | undefined;
  private decision3: Level | undefined;
  private decision4: Level | undefined;
  private isDoubted = false;
  private readonly holes: Holes;

  constructor(watch: Watch, failOn: Level, after: DecisionMinutes) {
    this.watch = watch;
    this.holes = new Holes(watch);
    this.failOn = failOn;
    this.after = after;
  }

  /** Takes one tick into the watch, and stops at the decision points on the way. */
  take(tick: Tick): readonly Change[] {
    const afterGap = isGap(tick);
    const before = afterGap ? this.missUntil(tick.at) : this.decideUntil(tick.at - 1);
    if (isReading(tick)) this.samples += 1;
    if (afterGap || isOpening(tick)) this.calm.begin(tick.at);
    this.keepTime(tick.at, afterGap);
    const wasOpen = this.watch.anchors()?.open !== undefined;
    const told = join(before, this.note(this.watch.take(tick)));
    if ('mark' in tick) this.mark(tick, wasOpen);
    return told;
  }

  advance(at: number): readonly Change[] {
    return join(this.decideUntil(at), this.note(this.watch.advance(at)));
  }

  tally(): Tally {
    const { samples, from, to, since, worst, rolledBack, decision3, decision4, isDoubted } = this;
    const isOpen = this.watch.isBuilding() || (to ?? 0) - (since ?? 0) < this.watch.leastMs;
    const level = this.watch.level();
    const known = { samples, from, to, since, level, worst, rolledBack, decision3, decision4 };
    return { ...known, isOpen, isDoubted, silent: this.holes.first };
  }

  private mark({ mark }: MarkTick, wasOpen: boolean): void {
    if (mark === 'doubt' || mark === 'sure') this.isDoubted = mark === 'doubt';
    if (mark === 'open') this.holes.begin();
    if (mark === 'open' && wasOpen) this.beginAnew();
  }

  /** People decide anew about a monitoring that begins anew, and what fired before it does not stand against it. */
  private beginAnew(): void {
    this.worst = 'ok';
    this.decision3 = undefined;
    this.decision4 = undefined;
  }

  private keepTime(at: number, isGap: boolean): void {
    this.from ??= at;
    this.to = at;
    this.since = isGap ? at : (this.since ?? at);
  }

  /** What is told at a decision: what builds up, or may be another version's, is not good yet. */
  private decide(): Level {
    const level = this.watch.level();
    const isUnsure = this.isDoubted || this.watch.isBuilding();
    return !isWorse(level, 'P3') && isUnsure ? 'hold' : level;
  }

  private decideUntil(at: number): readonly Change[] {
    if (this.decision4 !== undefined) return NONE;
    const third = this.momentOf(this.after.decision3);
    const fourth = this.momentOf(this.after.decision4);
    let told = NONE;
    if (this.decision3 === undefined && third <= at) {
      // It is about the minutes before it, which have limits of their own.
      told = this.note(this.watch.advance(third - 1));
      this.decision3 = this.decide();
    }
    if (fourth > at) return told;
    told = join(told, this.note(this.watch.advance(fourth)));
    this.decision4 = this.decide();
    return told;
  }

  /** A decision that came while nobody watched had nothing to rest on. */
  private missUntil(at: number): readonly Change[] {
    if (this.momentOf(this.after.decision3) <= at) this.decision3 ??= 'hold';
    if (this.momentOf(this.after.decision4) <= at) this.decision4 ??= 'hold';
    return NONE;
  }

  private momentOf(after: number): number {
    const open = this.watch.anchors()?.open;
    return open === undefined ? Number.POSITIVE_INFINITY : open + minutes(after);
  }

  private note(changes: readonly Change[]): readonly Change[] {
    this.calm.note(changes);
    for (const change of changes) {
      this.holes.note(change);
      // What is not known is HOLD too, and calls for nothing.
      if (change.fired_at === null) continue;
      if (isWorse(change.severity, this.worst)) this.worst = change.severity;
      if (rankOf(change.severity) >= rankOf(this.failOn)) this.rolledBack ??= change;
    }
    return changes;
  }
}

/** The verdict of a watch that is over. What is not known at its end was never shown to be good. */
export function judgeTally(tally: Tally, isKnown: boolean): WatchVerdict {
  const { rolledBack, samples, level, isOpen, isDoubted } = tally;
  if (rolledBack !== undefined) return 'rollback';
  if (samples < LEAST_SAMPLES || !isKnown || isDoubted) return 'inconclusive';
  if (isWorse(level, 'P3')) return 'evaluate';
  return isOpen ? 'inconclusive' : 'healthy';
}
