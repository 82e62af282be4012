import { hours } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import { oneLine } from '../domain/screen-text.ts';
import { isWorse, LEVELS, type Level } from '../domain/watch/rule.ts';
import type { Looked } from '../domain/week/judge-success.ts';
import { endOf, listLooks } from '../domain/week/list-looks.ts';
import { anchorsOf } from './anchors.ts';
import type { LedgerEvent } from './event.ts';
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

/** The time after the watch of what is live: from a complete release to a successful one, and to the end of the week. */
export interface Week {
  readonly version: string;
  readonly release: RunState;
  /** What `rollback --to` takes to leave it. */
  readonly back: string;
  /** When users came, in ms since 1970: hours count from here. */
  readonly open: number;
  /** ISO. */
  readonly completeAt: string;
  /** What its watch compared with. */
  readonly baselines: readonly JsonObject[];
  /** By rule, its reading at the end of the watch. */
  readonly figures: JsonObject;
  /** Hours at which it is looked at. */
  readonly plan: readonly number[];
  /** Those that count for success. */
  readonly needed: readonly number[];
  readonly looks: readonly RecordedLook[];
  readonly begun: readonly BegunLook[];
  /** P0 and P1 since users came, and rollbacks that did not end well, in words. */
  readonly troubles: readonly string[];
  /** What was seen or declared, and when, in ms since 1970. */
  readonly seen: readonly { readonly at: number; readonly level: Level }[];
  /** ISO; undefined: it was not declared successful. */
  readonly successfulAt: string | undefined;
  /** Messages that were posted, by their template. */
  readonly told: ReadonlySet<string>;
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

const isSevere = (severity: unknown): boolean => severity === 'P0' || severity === 'P1';

/** What fired in a look stands in the look; this is what another watch saw, and what people declared. */
function findTroubles(events: readonly LedgerEvent[]): readonly string[] {
  const looks = new Set(events.filter(isOf('watch.looked')).map(({ run }) => run));
  return events.flatMap((event) => {
    if (looks.has(event.run)) return [];
    if (event.type === 'watch.changed' && isSevere(event.data.change.severity))
      return [`${event.data.change.severity} ${event.data.change.rule} at ${event.at}`];
    if (event.type === 'watch.noted' && isSevere(event.data.severity))
      return [`${event.data.severity} declared at ${event.at}: ${oneLine(event.data.text, 80)}`];
    return [];
  });
}

/** One that goes on, or ended unsafe, leaves nobody sure of what is live. */
function findRollbacks(runs: readonly RunState[], release: RunState): readonly string[] {
  return runs.slice(runs.indexOf(release) + 1).flatMap(({ run, plan, end }) => {
    if (plan.command !== 'rollback') return [];
    if (end === 'unsafe') return [`the rollback ${run} ended unsafe`];
    return ['open', 'paused', 'failed'].includes(end) ? [`the rollback ${run} has not ended`] : [];
  });
}

const levelOf = (said: unknown): Level => LEVELS.find((level) => level === said) ?? 'ok';

function levelIn(event: LedgerEvent): Level {
  if (event.type === 'watch.changed') return levelOf(event.data.change.severity);
  if (event.type === 'watch.noted') return levelOf(event.data.severity);
  return event.type === 'watch.looked' ? event.data.level : 'ok';
}

const findSeen = (events: readonly LedgerEvent[]): Week['seen'] =>
  events.map((event) => ({ at: Date.parse(event.at), level: levelIn(event) }));

function findKnown(events: readonly LedgerEvent[]): Level {
  let known: Level = 'ok';
  for (const event of events) {
    if (event.type === 'watch.looked' && event.data.verdict !== 'above') known = 'ok';
    if (event.type === 'watch.told' && isWorse(event.data.level ?? 'ok', known))
      known = event.data.level ?? 'ok';
  }
  return known;
}

/** The week of what is live; undefined where nothing is, or its monitoring has not been watched to a good end. */
export function foldWeek(events: readonly LedgerEvent[], successHours: number): Week | undefined {
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
  if (complete === undefined) return undefined;
  const plan = listLooks((Date.parse(complete.at) - open) / hours(1), successHours);
  const after = own.slice(own.indexOf(complete));
  return {
    version: live.version,
    release,
    back: findWayBack(runs, live.version),
    open,
    completeAt: complete.at,
    baselines: complete.data.baselines ?? [],
    figures: complete.data.figures ?? {},
    plan,
    needed: plan.filter((hour) => hour <= Math.ceil(successHours)),
    looks: findLooks(after, plan, open),
    begun: after.filter(isOf('watch.look-begun')).map(({ run, at, actor, host, data }) => ({
      ...{ hour: data.hour, run, at: Date.parse(at), by: `${actor} on ${host}` },
    })),
    troubles: [...findTroubles(after), ...findRollbacks(runs, release)],
    seen: findSeen(after),
    successfulAt: ended.find(({ data }) => data.state === 'successful')?.at,
    known: findKnown(after),
    told: new Set(after.filter(isOf('watch.told')).map(({ data }) => data.template)),
  };
}
