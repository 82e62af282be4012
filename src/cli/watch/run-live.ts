import { sayInstant } from '../../domain/calendar/say-moment.ts';
import { minutes, sayDuration } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isAllKnown } from '../../domain/watch/is-all-known.ts';
import { rankOf } from '../../domain/watch/rule.ts';
import { judgeTally, type WatchVerdict } from '../../domain/watch/tally.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import { sampleUntil } from '../../engine/watch/sample-until.ts';
import { makePaint } from '../../report/color.ts';
import { sayChange } from '../../report/watch-lines.ts';
import { sayMinute } from '../../report/watch-words.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { type Begun, beginWatch } from './begin-watch.ts';
import { WATCH_EXITS } from './exits.ts';
import type { LiveOrder } from './live-order.ts';
import { openLines } from './open-lines.ts';

/** Until so long after its start a source that has not answered yet is no news. */
const SETTLING_MS = minutes(1);

interface Live extends Begun {
  readonly order: LiveOrder;
  readonly context: CliContext;
  readonly wired: Wired;
  readonly began: number;
  /** The line that ends the watch. */
  fired: Change | undefined;
}

const isNews = (change: Change, live: Live): boolean =>
  change.row !== null || Date.parse(change.at) > live.began + SETTLING_MS;

function sayNews(changes: readonly Change[], live: Live): void {
  const { context, wired } = live;
  const paint = makePaint(context.terminal.color.stderr);
  const sayTime = (at: number): string => sayInstant(at, wired.runbook.timezone);
  for (const change of changes)
    if (isNews(change, live)) context.out.note(sayChange(change, sayTime, { paint }));
}

function noteFiring(change: Change, live: Live): void {
  const { order } = live;
  if (change.fired_at === null || rankOf(change.severity) < rankOf(order.failOn)) return;
  live.fired ??= change;
}

/** One line a minute, so that a log tells how it went (ux 2.13). */
function makeMinuteLines(live: Live): (at: number) => void {
  let next = live.now();
  return (at) => {
    if (at < next) return;
    next += minutes(1);
    const { watch, watched, context } = live;
    context.out.note(sayMinute(at - watched.open, watch.level(), watch.view()));
  };
}

/** A source that fails is said once, and once more when it answers again. */
function makeTroubles({ context }: Live): (name: string, error: unknown) => void {
  const silent = new Map<string, string>();
  return (name, error) => {
    const said = error === undefined ? undefined : isReleaseError(error) ? error.text.what : 'it broke';
    if (said === silent.get(name)) return;
    if (said === undefined) silent.delete(name);
    else silent.set(name, said);
    context.out.note(said === undefined ? `  ${name} answers again` : `  ${name} tells nothing: ${said}`);
  };
}

async function watchOn(live: Live, end: number): Promise<void> {
  const { tallying, file, samplers, context, wired, now } = live;
  const lines = openLines(context);
  const minute = makeMinuteLines(live);
  const changed = (changes: readonly Change[]): void => {
    for (const change of changes) {
      lines.write(change);
      noteFiring(change, live);
    }
    sayNews(changes, live);
  };
  const take = (tick: Tick): readonly Change[] => {
    file.add(tick);
    return tallying.take(tick);
  };
  const beat = (at: number): void => {
    file.flush();
    minute(at);
  };
  try {
    await sampleUntil(end, now, {
      ...{ clock: wired.clock, samplers, take, changed, beat },
      advance: (at) => tallying.advance(at),
      trouble: makeTroubles(live),
      isOver: () => live.fired !== undefined || context.stop.stopping,
      signal: context.stop.signal,
    });
    if (now() >= end) changed([...take({ at: now(), mark: 'end' }), ...tallying.advance(now())]);
  } finally {
    file.flush();
    lines.close();
  }
}

const plannedEnd = ({ order, watched, wired, began }: Live): number =>
  order.forMs === undefined ? watched.open + minutes(wired.runbook.monitoring.minutes) : began + order.forMs;

function verdictOf({ tallying, watch, fired }: Live): WatchVerdict {
  const tally = tallying.tally();
  return fired !== undefined
    ? 'rollback'
    : judgeTally({ ...tally, rolledBack: undefined }, isAllKnown(watch.states));
}

const SENTENCES: Readonly<Record<WatchVerdict, string>> = {
  healthy: 'HEALTHY   nothing above its limit',
  evaluate: 'EVALUATE   people have to decide',
  inconclusive: 'INCONCLUSIVE   not enough was measured to say',
  rollback: 'ROLL BACK',
};

function sayEnd(live: Live, verdict: WatchVerdict): string {
  const { watched, watch, now, fired, wired, context } = live;
  const paint = makePaint(context.terminal.color.stdout);
  const sayTime = (at: number): string => sayInstant(at, wired.runbook.timezone);
  const head = `${wired.runbook.sandbox ? 'SANDBOX  ' : ''}release watch ${watched.version}  ${wired.env}`;
  return [
    head,
    '',
    `  ${SENTENCES[verdict]}`,
    `  ${sayMinute(now() - watched.open, watch.level(), watch.view())}`,
    ...(fired === undefined ? [] : [sayChange(fired, sayTime, { paint })]),
    ...(live.order.once ? ['  One look cannot prove a 5-minute rule.'] : []),
  ].join('\n');
}

function resultOf(live: Live, verdict: WatchVerdict): JsonObject {
  const { tallying, watch, watched, file, now, gapMs } = live;
  const tally = tallying.tally();
  return {
    minutes: Math.round((now() - live.began) / minutes(1)),
    samples: tally.samples,
    open: new Date(watched.open).toISOString(),
    ticks: file.path,
    verdict,
    gapMs: gapMs ?? null,
    decision3: tally.decision3 ?? null,
    decision4: tally.decision4 ?? null,
    rules: watch.view().map(({ fired, building, ...view }) => ({
      ...view,
      value: view.value ?? null,
      series: view.series ?? null,
      state: fired !== undefined ? 'fired' : building !== undefined ? 'building' : 'quiet',
      band: { ...(fired ?? building ?? {}) },
    })),
    fired: live.fired === undefined ? null : { ...live.fired },
  };
}

function exitOf({ context }: Live, verdict: WatchVerdict): ExitCode {
  return context.stop.stopping ? context.stop.exitCode : WATCH_EXITS[verdict];
}

function sayStart({ context, watched, gapMs, wired }: Live, end: number): void {
  const { timezone } = wired.runbook;
  const sayTime = (at: number): string => sayInstant(at, timezone);
  context.out.note(
    `watching ${watched.version} on ${wired.env} until ${sayTime(end)} ${timezone}; users since ${sayTime(watched.open)}`,
  );
  if (gapMs !== undefined && gapMs > 0)
    context.out.note(`  GAP   nobody watched for ${sayDuration(gapMs)}; every rule starts over`);
}

/** Every source once, and what can be said of one look. */
async function lookOnce(live: Live): Promise<void> {
  const { samplers, tallying, file, now, context } = live;
  const trouble = makeTroubles(live);
  for (const sampler of samplers) {
    try {
      const readings = await sampler.sample(context.stop.signal);
      for (const reading of readings) {
        const tick = { ...reading, at: now() };
        file.add(tick);
        noteAll(tallying.take(tick), live);
      }
    } catch (error) {
      trouble(sampler.name, error);
    }
  }
  // The rules are asked every second: the look is over when the next one has passed.
  noteAll(tallying.advance(now() + 1000), live);
  file.flush();
}

const noteAll = (changes: readonly Change[], live: Live): void => {
  for (const change of changes) noteFiring(change, live);
};

/** `release watch`: measures, judges and tells until the time is over or a rule fires. */
export async function runLive(order: LiveOrder, context: CliContext, wired: Wired): Promise<CommandResult> {
  const begun = await beginWatch(order, { context, wired });
  const live: Live = { ...begun, order, context, wired, began: begun.now(), fired: undefined };
  const end = plannedEnd(live);
  if (order.once) await lookOnce(live);
  else {
    sayStart(live, end);
    await watchOn(live, end);
  }
  const verdict = verdictOf(live);
  return {
    exitCode: exitOf(live, verdict),
    verdict,
    result: resultOf(live, verdict),
    text: sayEnd(live, verdict),
    next:
      verdict === 'rollback'
        ? [`release rollback --to ${live.watched.from || 'previous'} --env ${wired.env}`]
        : [],
    warnings: [],
    env: wired.env,
    version: live.watched.version,
    run: live.run,
    sandbox: wired.runbook.sandbox,
  };
}
