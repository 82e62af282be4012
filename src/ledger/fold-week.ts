import { hours } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Level } from '../domain/watch/rule.ts';
import type { Looked } from '../domain/week/judge-success.ts';
import { endOf, listLooks } from '../domain/week/list-looks.ts';
import { anchorsOf } from './anchors.ts';
import type { LedgerEvent } from './event.ts';
import { findKnown, findRollbacks, findSeen, findTroubles } from './find-troubles.ts';
import { findLive, foldRuns, type RunState } from './fold.ts';
import { findWayBack } from './way-back.ts';

/** A look as the ledger has it. */
export interface RecordedLook extends Looked {
  /** ISO. */
  readonly at: string;
  /** By rule, the reading at its end; null: not known. */
  readonly figures: JsonObject;
}

/** A look that somebody has begun, in a ledger that has no queue. */
export interface BegunLook {
  readonly hour: number;
  readonly run: string;
  /** ms since 1970. */
  readonly at: number;
  readonly by: string;
}

/** The time after users came to what is live: from a live release to a complete and a successful one, to the end of the week. */
export interface Week {
  readonly version: string;
  readonly release: RunState;
  /** What `rollback --to` takes to leave it. */
  readonly back: string;
  /** When users came, in ms since 1970: hours count from here. */
  readonly open: number;
  /** ISO; undefined: no watch has seen its monitoring to a good end. */
  readonly completeAt: string | undefined;
  /** Until when somebody has watched or is to watch, in ms since 1970; no earlier than the end of the monitoring. */
  readonly watchedUntil: number;
  /** Why the last watch that came to an end did not complete it; undefined: none has. */
  readonly stopped: string | undefined;
  /** What the last watch said that saw enough to say anything, and when (ISO); undefined: none did. */
  readonly measured: { readonly at: string; readonly figures: JsonObject } | undefined;
  /** What the watch that completed it compared with, or the last one that kept it. */
  readonly baselines: readonly JsonObject[];
  /** By rule, its reading at the end of that watch. */
  readonly figures: JsonObject;
  /** Hours at which it is looked at. */
  readonly plan: readonly number[];
  /** Those that count for success; none while it is not complete. */
  readonly needed: readonly number[];
  readonly looks: readonly RecordedLook[];
  readonly begun: readonly BegunLook[];
  /** P0 and P1 since users came, and rollbacks that did not end well, in words. */
  readonly troubles: readonly string[];
  /** What was seen or declared, and when, in ms since 1970. */
  readonly seen: readonly { readonly at: number; readonly level: Level }[];
  /** ISO; undefined: it was not declared successful. */
  readonly successfulAt: string | undefined;
  /** Messages that were posted, by their template and by their own name. */
  readonly told: ReadonlySet<string>;
  /** Messages that somebody was to post, and when that began, in ms since 1970. */
  readonly telling: readonly { readonly at: number; readonly name: string }[];
  /** The worst that people know since the last look that was not above its limits: what was told, not what was seen. */
  readonly known: Level;
}

type Of<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;

const isOf =
  <T extends LedgerEvent['type']>(type: T) =>
  (event: LedgerEvent): event is Of<T> =>
    event.type === type;

/** True when it was begun after the time of its hour: it tells of another one. */
const isLate = (
  { hour, began }: Of<'watch.looked'>['data'],
  plan: readonly number[],
  open: number,
): boolean => began !== undefined && Date.parse(began) >= open + hours(endOf(plan, plan.indexOf(hour)));

/** One that was taken in time counts, also where another agent had given it up for missed. */
function findLooks(
  events: readonly LedgerEvent[],
  plan: readonly number[],
  open: number,
): readonly RecordedLook[] {
  const byHour = new Map<number, RecordedLook>();
  for (const { at, data } of events.filter(isOf('watch.missed')))
    for (const hour of data.hours)
      byHour.set(hour, { hour, verdict: 'missed', level: 'ok', said: '', at, figures: {} });
  for (const { at, data } of events.filter(isOf('watch.looked')))
    if (!byHour.has(data.hour) || !isLate(data, plan, open)) byHour.set(data.hour, { ...data, at });
  return [...byHour.values()].sort((a, b) => a.hour - b.hour);
}

/** `…:told:unwatched` */
const nameIn = (id: string): string => id.slice(id.lastIndexOf(':') + 1);

/** By whoever it was told, also by hand. */
function namesOfTold(own: readonly LedgerEvent[]): ReadonlySet<string> {
  const told = own.filter(isOf('watch.told')).flatMap(({ id, data }) => [data.template, nameIn(id)]);
  const byHand = own.filter(isOf('message.sent')).filter(({ data }) => data.sent.length > 0);
  return new Set([...told, ...byHand.map(({ data }) => data.template)]);
}

type Complete = Of<'watch.ended'> | undefined;

/** Of which hours after users came the monitoring tells: [from, to]. A watch that began after its time began it anew. */
function monitoredHours(complete: Complete, open: number, minutes: number): readonly [number, number] {
  const { since } = complete?.data ?? {};
  const lateBy = since === undefined ? 0 : (Date.parse(since) - open) / hours(1);
  const from = lateBy < minutes / 60 ? 0 : lateBy;
  return [from, from + minutes / 60];
}

/** Of watches that have not ended the one that lasts longest, and no shorter than the monitoring. ms since 1970. */
function watchedUntil(own: readonly LedgerEvent[], open: number, minutes: number): number {
  const ended = new Set(own.filter(isOf('watch.ended')).map(({ run }) => run));
  const going = own.filter(isOf('watch.begun')).filter(({ run }) => !ended.has(run));
  return Math.max(open + hours(minutes / 60), ...going.map(({ data }) => Date.parse(data.until)));
}

/** What of the configuration the week goes by. */
export interface WeekPolicy {
  readonly minutes: number;
  /** How long the traffic of an earlier version is watched after a rollback (E-22). */
  readonly confirmMinutes: number;
  readonly successHours: number;
}

/** The week of what is live, whether or not its monitoring was watched to a good end; undefined where nothing is. */
export function foldWeek(
  events: readonly LedgerEvent[],
  { minutes, confirmMinutes, successHours }: WeekPolicy,
): Week | undefined {
  const runs = foldRuns(events);
  const live = findLive(runs);
  const release = runs.find(({ run }) => run === live?.run);
  if (live === undefined || release === undefined) return undefined;
  const { open } = anchorsOf(release);
  const since = new Date(open).toISOString();
  const own = events.filter(
    ({ at, data }) => at >= since && 'version' in data && data.version === live.version,
  );
  const ended = own.filter(isOf('watch.ended'));
  const complete = ended.find(({ data }) => data.state === 'complete');
  const measured = ended.findLast(({ data }) => data.figures !== undefined);
  const [from, to] = monitoredHours(complete, open, minutes);
  const plan = listLooks(minutes / 60, from + successHours);
  return {
    version: live.version,
    release,
    back: findWayBack(runs, live.version),
    open,
    completeAt: complete?.at,
    watchedUntil: watchedUntil(own, open, release.plan.command === 'rollback' ? confirmMinutes : minutes),
    stopped: ended.findLast(({ data }) => data.state === 'stopped')?.data.said,
    measured: measured && { at: measured.at, figures: measured.data.figures ?? {} },
    baselines: (complete ?? measured)?.data.baselines ?? [],
    figures: complete?.data.figures ?? {},
    plan,
    needed:
      complete === undefined
        ? []
        : plan.filter((hour) => hour > to && hour <= Math.ceil(from + successHours)),
    looks: findLooks(own, plan, open),
    begun: own.filter(isOf('watch.look-begun')).map(({ run, at, actor, host, data }) => ({
      ...{ hour: data.hour, run, at: Date.parse(at), by: `${actor} on ${host}` },
    })),
    troubles: [...findTroubles(own), ...findRollbacks(runs, release)],
    seen: findSeen(own),
    successfulAt: ended.find(({ data }) => data.state === 'successful')?.at,
    known: findKnown(own),
    told: namesOfTold(own),
    telling: own
      .filter(isOf('watch.telling'))
      .map(({ at, data }) => ({ at: Date.parse(at), name: data.name })),
  };
}
