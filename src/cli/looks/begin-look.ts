import { makeRuleBook } from '../../config/make-rule-book.ts';
import { hours } from '../../domain/duration.ts';
import { Watch } from '../../domain/watch/fold.ts';
import { Tallying } from '../../domain/watch/tally.ts';
import type { BaselineTick, Tick } from '../../domain/watch/tick.ts';
import { makeSteadyTime } from '../../engine/watch/sample-until.ts';
import { foldWatch } from '../../ledger/fold-watch.ts';
import type { Week } from '../../ledger/fold-week.ts';
import type { CliContext } from '../context.ts';
import { Attention } from '../watch/attention.ts';
import { captureBaseline } from '../watch/capture-baseline.ts';
import { expectAll } from '../watch/expect-all.ts';
import { type Watched, watchedOf } from '../watch/find-release.ts';
import type { Live } from '../watch/live.ts';
import type { LiveOrder } from '../watch/live-order.ts';
import { makeRecorder } from '../watch/recorder.ts';
import { makeSources } from '../watch/sources/make-sources.ts';
import { makeNotes } from '../watch/sources/notes.ts';
import { openTickFile } from '../watch/tick-file.ts';
import { unattended } from '../watch/unattended.ts';
import type { Wired } from '../wired.ts';
import { addWide, widen } from './widen.ts';

/** One look that is to be taken. */
export interface LookOrder {
  readonly week: Week;
  readonly hour: number;
  /** Name of this look. */
  readonly run: string;
  /** The clock of this agent, less that by which the look came due. */
  readonly skewMs: number;
}

export interface LookTools {
  readonly context: CliContext;
  readonly wired: Wired;
}

/** From when on a look looks: its own time, and not that of a look that was missed. ms since 1970. */
export function sinceOf({ week, hour }: LookOrder): number {
  const before = week.plan[week.plan.indexOf(hour) - 1];
  const last = week.looks.findLast(({ verdict }) => verdict !== 'missed')?.at ?? week.completeAt;
  const seen = last === undefined ? week.open : Date.parse(last);
  return Math.max(seen, before === undefined ? 0 : week.open + hours(before));
}

const baselinesOf = ({ baselines }: Week, at: number): readonly BaselineTick[] =>
  baselines.map((one) => ({ ...(one as unknown as BaselineTick), at }));

/** Everything that was before the look: the anchors, what is compared with, and what nobody of us saw. */
async function listBefore(
  watched: Watched,
  order: LookOrder,
  now: number,
  { context, wired }: LookTools,
): Promise<Tick[]> {
  const { live, open } = watched;
  const kept = baselinesOf(order.week, live);
  const since = Math.min(now, Math.max(live, open, sinceOf(order)));
  return [
    { at: live, mark: 'live' },
    ...(kept.length > 0 ? kept : await captureBaseline(watched, wired, context.out.note)),
    { at: Math.max(live, open), mark: 'open' },
    { at: since, mark: 'gap' },
  ];
}

// A look ends as soon as people have to be told; it orders nothing.
const ORDER: LiveOrder = {
  ...{ wanted: undefined, forMs: undefined, everySeconds: undefined, rules: undefined },
  ...{ failOn: 'P1', autoRollback: undefined, once: false },
};

/** A look that can be taken, with the record of the release behind it. */
export async function beginLook(order: LookOrder, tools: LookTools): Promise<Live> {
  const { context, wired } = tools;
  const { run, week } = order;
  const now = makeSteadyTime(wired.clock);
  const watched = watchedOf(week.release, week.back);
  const book = makeRuleBook(wired.runbook);
  const watch = new Watch(book);
  const tallying = new Tallying(watch, ORDER.failOn, { decision3: 0, decision4: 0 });
  const file = openTickFile({ ...watched, run }, run, wired, context);
  const recorder = makeRecorder({ run, version: watched.version }, context, wired);
  recorder.remember(foldWatch(await wired.ledger.read(wired.scope), watched.version).calling);
  const ago = (ms: number): Date => new Date(now() - ms);
  const { version, facts, open } = watched;
  const world = { ...tools, run, version, facts, open, now, ago };
  const sources = makeSources(wired.runbook.measurements, world);
  const wide = makeSources(widen(wired.runbook.measurements, now() - sinceOf(order)), world);
  const samplers = [...addWide(sources, wide, book.rules), makeNotes(world, watched.live)];
  const before = await listBefore(watched, order, now(), tools);
  for (const tick of [...before, ...expectAll(samplers, before.at(-1)?.at ?? now())]) {
    file.add(tick);
    tallying.take(tick);
  }
  return {
    ...{ watched, watch, tallying, attention: new Attention(), file, now, run, recorder, context, wired },
    samplers,
    ...unattended(context, wired),
    ...{ gapMs: undefined, order: ORDER, began: now(), toldAt: now(), isFirst: true },
    ...{ fired: undefined, other: undefined, doubt: undefined },
  };
}
