import { makeRuleBook } from '../../config/make-rule-book.ts';
import { hours, minutes } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isWorse } from '../../domain/watch/rule.ts';
import { isGap, type MarkTick, type Tick } from '../../domain/watch/tick.ts';
import { type Judged, judgeLook } from '../../domain/week/judge-look.ts';
import { endOf } from '../../domain/week/list-looks.ts';
import { sampleUntil } from '../../engine/watch/sample-until.ts';
import { expectAll } from '../watch/expect-all.ts';
import { figuresOf } from '../watch/figures.ts';
import { isOver, type Live, noteFiring } from '../watch/live.ts';
import { sayLost } from '../watch/outbox.ts';
import { makeNews, makeTroubles } from '../watch/say-live.ts';
import { makeStanding } from '../watch/sources/standing.ts';
import { beginLook, type LookOrder, type LookTools, sinceOf } from './begin-look.ts';
import { tellHour } from './tell-hour.ts';

/** Beyond the time of the slowest band: its first reading need not come with the first second. */
const MORE_MS = minutes(1);
/** A look that was begun anew later than this does not go on to the end of its slowest band. */
const MOST_ANEW_MS = minutes(10);
/** An agent whose clock is further off looks at another time than the one that was asked for. */
const MOST_SKEW_MS = minutes(1);

/** What one look came to, and each rule's reading at its end. */
export interface LookTaken extends Judged {
  /** After users came. */
  readonly hour: number;
  readonly figures: JsonObject;
  /** ISO: it tells of the time since then. */
  readonly since: string;
  /** ISO. */
  readonly began: string;
}

interface Looking {
  readonly live: Live;
  /** Since when it is looked at without a break, in ms since 1970. */
  since: number;
  /** Rules above P3 that fired. */
  readonly fired: Set<string>;
  /** Why it can be none that is clean. */
  readonly doubts: string[];
}

function changed(changes: readonly Change[], { live, fired }: Looking): void {
  for (const change of changes) {
    live.recorder.change(change);
    if (change.fired_at !== null && isWorse(change.severity, 'P3')) fired.add(change.rule);
  }
  makeNews(live)(changes);
}

function take(tick: Tick, looking: Looking): readonly Change[] {
  const { live } = looking;
  live.file.add(tick);
  const told = live.tallying.take(tick);
  if (!isGap(tick)) return told;
  // A gap takes everything back, also what was expected of whom: the look begins anew.
  looking.since = tick.at;
  for (const one of expectAll(live.samplers, tick.at)) take(one, looking);
  return told;
}

/** What the application tells of the time in which nobody looked; it ends no look. */
async function lookBack(looking: Looking, since: number, { wired }: LookTools): Promise<void> {
  const { watched, now } = looking.live;
  try {
    const { ticks, doubt } = await tellHour(watched.version, [since, now()], wired);
    for (const tick of ticks) changed(take(tick, looking), looking);
    if (doubt !== undefined) looking.doubts.push(doubt);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    looking.doubts.push(`not read since ${new Date(since).toISOString()}: ${error.text.what}`);
  }
}

/** Why what this look sees does not tell of the hour that it was taken for. `began`: the last time, where the machine slept. */
function doubtTime({ week, hour, skewMs }: LookOrder, began: number): readonly string[] {
  const end = week.open + hours(endOf(week.plan, week.plan.indexOf(hour)));
  if (Math.abs(skewMs) > MOST_SKEW_MS) return ['the clock of the agent is not that of the ledger'];
  if (began < week.open) return ['the clock says that it was taken before users came'];
  return began >= end ? ['it began after its time was over'] : [];
}

/** Whether the bands that say hold have had their time without a break, and nothing of them is left open. */
const isSettled = ({ live: { watch, now }, since }: Looking): boolean =>
  now() >= since + watch.leastMs + MORE_MS &&
  !watch.isBuilding() &&
  !watch.states.some(({ level, worst }) => worst !== undefined && isWorse(level, 'P3'));

/** Until the slowest band could have said what it has to say, in ms. */
function longestMs({ wired }: Live): number {
  const bands = makeRuleBook(wired.runbook).rules.flatMap((rule) => rule.bands);
  return minutes(Math.max(0, ...bands.map(({ dwellMinutes }) => dwellMinutes))) + MORE_MS;
}

/** A machine that sleeps again and again would look for ever, and longer than its claim to the look lasts. */
const isTooLong = ({ live, since }: Looking): boolean =>
  live.now() >= Math.min(since, live.began + MOST_ANEW_MS) + longestMs(live);

async function lookOn(looking: Looking): Promise<void> {
  const { live } = looking;
  const { samplers, tallying, context, wired, now } = live;
  const say = (mark: MarkTick['mark']): void => changed(take({ at: now(), mark }, looking), looking);
  await sampleUntil(Number.POSITIVE_INFINITY, now, {
    ...{ clock: wired.clock, samplers: [...samplers, makeStanding(live, say)], signal: context.stop.signal },
    take: (tick) => take(tick, looking),
    advance: (at) => tallying.advance(at),
    changed: (changes) => {
      for (const change of changes) noteFiring(change, live);
      changed(changes, looking);
    },
    slept: () => undefined,
    beat: () => live.file.flush(),
    trouble: makeTroubles(live),
    isOver: () => isOver(live) || isSettled(looking) || isTooLong(looking) || context.stop.stopping,
  });
  changed([...take({ at: now(), mark: 'end' }, looking), ...tallying.advance(now())], looking);
  live.file.flush();
}

function judge({ live, fired, doubts }: Looking): Judged {
  const { watch, tallying, attention } = live;
  const other = live.other ?? attention.doubt ?? doubts[0];
  const unknown = watch.states
    .filter(({ rule, knowledge }) => rule.needed && knowledge !== 'measured')
    .map(({ rule }) => rule.id);
  const building = watch.view().flatMap((view) => (view.building === undefined ? [] : [view.id]));
  return judgeLook({ tally: tallying.tally(), unknown, fired: [...fired], building, other });
}

/**
 * One look at a complete release: minutes of the same measurements under the same rules as a watch, and what the
 * application tells of the time since the look before. Undefined when it was stopped: then it was not taken.
 */
export async function takeLook(order: LookOrder, tools: LookTools): Promise<LookTaken | undefined> {
  const live = await beginLook(order, tools);
  const looking: Looking = { live, since: live.began, fired: new Set(), doubts: [] };
  const since = sinceOf(order);
  await lookBack(looking, since, tools);
  await lookOn(looking).finally(() => live.file.close());
  await live.recorder.done();
  const lost = live.recorder.lost();
  if (lost !== undefined) tools.context.out.note(`  ▲ ${sayLost(lost)}`);
  if (tools.context.stop.stopping) return undefined;
  looking.doubts.unshift(...doubtTime(order, looking.since));
  const { hour } = order;
  const began = new Date(looking.since).toISOString();
  return {
    hour,
    ...judge(looking),
    figures: figuresOf(live.watch),
    since: new Date(since).toISOString(),
    began,
  };
}
