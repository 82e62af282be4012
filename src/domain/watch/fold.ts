import { minutes, seconds } from '../duration.ts';
import { Baselines } from './baselines.ts';
import { type Change, makeChange } from './change.ts';
import { forgetBuckets, LOOK_BACK_MS } from './counts.ts';
import { type Feed, settle, takeIn } from './feed.ts';
import { Feeds } from './feeds.ts';
import {
  findHeard,
  isBuilding,
  judgeRule,
  makeRuleState,
  type RuleState,
  restRule,
  type Stage,
  watchFeed,
} from './judge-rule.ts';
import { isReached, type Moments, phaseAt } from './moments.ts';
import { listUnproven, type Shown } from './proof.ts';
import { isWorse, type Level, type Phase, type RuleBook } from './rule.ts';
import { type ExpectTick, isGap, type MarkTick, type Tick } from './tick.ts';
import { Told } from './told.ts';
import { type RuleView, viewRule } from './view-rule.ts';

function slowestHold({ rules }: RuleBook): number {
  const holds = rules.flatMap(({ bands }) => bands.filter(({ level }) => level === 'hold'));
  return minutes(Math.max(0, ...holds.map(({ dwellMinutes }) => dwellMinutes)));
}

/**
 * A watch as far as it has come: a fold over ticks that knows no clock, so that the same ticks give the same changes to
 * the byte. Ticks come in the order of their time. Rules are asked every few seconds from the first tick on.
 */
export class Watch {
  readonly states: readonly RuleState[];
  /** How long a watch has to be before the slowest band that says hold could have said it, in ms. */
  readonly leastMs: number;
  private readonly book: RuleBook;
  private readonly byMetric = new Map<string, RuleState[]>();
  private readonly critical: ReadonlySet<string>;
  private readonly feeds = new Feeds();
  private readonly baselines = new Baselines();
  private readonly told = new Told();
  private moments: Moments | undefined;
  private next = 0;
  private lastTick = 0;
  private readonly changes: Change[] = [];

  constructor(book: RuleBook) {
    this.book = book;
    this.critical = new Set(book.critical);
    this.states = book.rules.map(makeRuleState);
    this.leastMs = slowestHold(book);
    for (const state of this.states) {
      const { metric } = state.rule;
      this.byMetric.set(metric, [...(this.byMetric.get(metric) ?? []), state]);
    }
  }

  /** Judges all moments before the tick, then takes it in. Returns what has changed. */
  take(tick: Tick): readonly Change[] {
    this.moments ??= this.begin(tick);
    // Through a time in which nobody watched no last reading is carried.
    if (!isGap(tick)) this.judgeUntil(tick.at - 1);
    this.lastTick = tick.at;
    if ('mark' in tick) this.mark(tick);
    else if ('baseline' in tick) this.baselines.take(tick);
    else if ('expected' in tick) this.expect(tick);
    else takeIn(this.feeds.find(tick, this.greet), tick);
    return this.tell();
  }

  /** Judges up to this moment, itself included. Nothing happens before the first tick. */
  advance(at: number): readonly Change[] {
    if (this.moments !== undefined) this.judgeUntil(at);
    return this.tell();
  }

  /** The worst level of all rules. */
  level(): Level {
    return this.states.reduce<Level>((worst, { level }) => (isWorse(level, worst) ? level : worst), 'ok');
  }

  /** Whether a band of hold or worse is met and has not lasted yet: not good, as long as nobody knows how it ends. */
  isBuilding(): boolean {
    const at = this.judgedAt();
    return this.states.some((state) => isBuilding(state, { at, phase: this.phase(at) }));
  }

  /** Rules of counts whose samples are too few to show that they are good. */
  unproven(): readonly Shown[] {
    return listUnproven(this.states, { phase: this.phase(this.judgedAt()), scaleOf: this.scaleOf });
  }

  /** Rules that compare with a value of before the release, where nothing of before is known. */
  lackBaseline(): readonly string[] {
    return this.baselines.lackingFor(this.book.rules);
  }

  phase(at: number): Phase {
    return this.moments === undefined ? 'critical' : phaseAt(this.moments, this.book.criticalMinutes, at);
  }

  /** Every rule as it stood at the last moment that was judged. */
  view(): readonly RuleView[] {
    const at = this.judgedAt();
    return this.states.map((state) => viewRule(state, { at, phase: this.phase(at), scaleOf: this.scaleOf }));
  }

  private judgedAt(): number {
    return this.next - seconds(this.book.everySeconds);
  }

  /** Undefined before the first tick. */
  anchors(): Moments | undefined {
    return this.moments;
  }

  /** What the bounds of a rule are multiples of, for a series of one source; undefined: not known. */
  readonly scaleOf: Stage['scaleOf'] = ({ against, metric, limits }, { series, source }) => {
    if (against === undefined) return 1;
    return against === 'limits' ? limits?.[series] : this.baselines.of(metric, series, source);
  };

  /** A file that does not begin with the mark of a new version is about one that users reach already. */
  private begin(tick: Tick): Moments {
    this.next = tick.at;
    return { live: tick.at, open: 'mark' in tick && tick.mark === 'live' ? undefined : tick.at };
  }

  private readonly greet = (feed: Feed): void => {
    const isCritical = this.critical.size === 0 || this.critical.has(feed.series);
    for (const state of this.byMetric.get(feed.metric) ?? []) watchFeed(state, feed, isCritical);
  };

  private expect({ metric, source }: ExpectTick): void {
    for (const state of this.byMetric.get(metric) ?? []) findHeard(state, source);
  }

  private mark({ mark, at }: MarkTick): void {
    const live = this.moments?.live ?? at;
    if (mark === 'live') this.moments = { live: at, open: undefined };
    if (mark === 'open') this.open({ live, open: at });
    if (mark === 'gap') this.startOver(at);
  }

  /** What only we did before does not count for rules about users. */
  private open(moments: Moments): void {
    this.moments = moments;
    for (const { counts } of this.feeds.all) if (counts !== undefined) forgetBuckets(counts);
    for (const state of this.states) if (state.rule.since === 'open') restRule(state);
  }

  /** Nobody watched: no time of before is bridged (F68). */
  private startOver(at: number): void {
    this.feeds.forget();
    for (const state of this.states) {
      state.heard.length = 0;
      state.judged.length = 0;
      state.worst = undefined;
    }
    this.judgeAll(at);
    const step = seconds(this.book.everySeconds);
    while (this.next <= at) this.next += step;
  }

  private judgeUntil(at: number): void {
    const step = seconds(this.book.everySeconds);
    // When everything has been silent for long, nothing can change: a hole of a year is not walked through.
    const quietFrom = this.lastTick + 2 * LOOK_BACK_MS;
    for (; this.next <= at; this.next += step) {
      if (this.next > quietFrom) this.next += Math.floor((at - this.next) / step) * step;
      this.judgeAll(this.next);
    }
  }

  private judgeAll(at: number): void {
    const moments = this.moments ?? { live: at, open: undefined };
    for (const feed of this.feeds.all) settle(feed, at);
    const stage: Stage = {
      at,
      phase: phaseAt(moments, this.book.criticalMinutes, at),
      isReached: (since) => isReached(moments, since, at),
      scaleOf: this.scaleOf,
    };
    for (const state of this.states) {
      judgeRule(state, stage);
      this.note(state, at);
    }
  }

  private note(state: RuleState, at: number): void {
    if (this.told.isNews(state)) this.changes.push(makeChange(state, at));
  }

  private tell(): readonly Change[] {
    // Never the list that is being filled: whoever keeps what was told would see what comes after it.
    return this.changes.splice(0);
  }
}
