import type { JsonObject } from '../domain/json.ts';
import type { LedgerEvent } from './event.ts';

type Noted = Extract<LedgerEvent, { type: 'watch.noted' }>;
type Ended = Extract<LedgerEvent, { type: 'watch.ended' }>;
type Stood = Extract<LedgerEvent, { type: 'watch.stood' }>;

/** What the ledger knows of the watch of one version. */
export interface WatchRecord {
  /** By rule, the last change that called for something and has not cleared. */
  readonly calling: readonly JsonObject[];
  readonly notes: readonly Noted[];
  /** Names of the watches that have begun. */
  readonly begun: readonly string[];
  /** When the last of the promised updates was posted (ISO); undefined: none was. */
  readonly toldAt: string | undefined;
  /** How the last watch ended; undefined: another one has begun since, and the release is not complete. */
  readonly ended: Ended['data'] | undefined;
  /** How the rules stood when that changed last; undefined: no watch has measured yet. */
  readonly stood: Stood | undefined;
}

/** The updates that people were promised; other messages are none. */
const UPDATES = ['release-progress', 'rollback-progress'];

const isOf = (event: LedgerEvent, version: string): boolean =>
  'version' in event.data && event.data.version === version;

/** Of every rule the last word; what is good again, and what a release that is complete since had, is left out. */
function findCalling(events: readonly LedgerEvent[]): readonly JsonObject[] {
  const byRule = new Map<string, JsonObject>();
  const complete = events.findLastIndex((e) => e.type === 'watch.ended' && e.data.state === 'complete');
  for (const event of events.slice(complete + 1))
    if (event.type === 'watch.changed') byRule.set(String(event.data.change.rule), event.data.change);
  return [...byRule.values()].filter(({ severity }) => ['P2', 'P1', 'P0'].includes(String(severity)));
}

function findEnded(events: readonly LedgerEvent[]): Ended | undefined {
  const isEnd = (event: LedgerEvent): event is Ended => event.type === 'watch.ended';
  const last = events.findLast((event) => isEnd(event) || event.type === 'watch.begun');
  const complete = events.filter(isEnd).findLast(({ data }) => data.state !== 'stopped');
  return complete ?? (last !== undefined && isEnd(last) ? last : undefined);
}

/** The watch of a version since a moment (ISO): a version that went out twice is not watched for both at once. */
export function foldWatch(events: readonly LedgerEvent[], version: string, since = ''): WatchRecord {
  const own = events.filter((event) => event.at >= since && isOf(event, version));
  return {
    calling: findCalling(own),
    notes: own.filter((event): event is Noted => event.type === 'watch.noted'),
    begun: own.flatMap(({ type, run }) => (type === 'watch.begun' ? [run] : [])),
    toldAt: own.findLast((event) => event.type === 'watch.told' && UPDATES.includes(event.data.template))?.at,
    ended: findEnded(own)?.data,
    stood: own.findLast((event): event is Stood => event.type === 'watch.stood'),
  };
}

const RANKS = { P3: 0, P2: 1, P1: 2, P0: 3 } as const;

/** What people declared and have not taken back, as ranks: 1 for P2, 2 for P1, 3 for P0 (E-118). */
export function listDeclared(notes: readonly Noted[]): { readonly id: string; readonly rank: number }[] {
  const over = new Set(notes.map(({ data }) => data.resolves));
  return notes.flatMap(({ id, data }) =>
    data.severity === undefined ? [] : [{ id, rank: over.has(id) ? 0 : RANKS[data.severity] }],
  );
}

/** How many customers reported each issue (E-20). */
export function countComplaints(notes: readonly Noted[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { data } of notes)
    if (data.complaint !== undefined) counts.set(data.complaint, (counts.get(data.complaint) ?? 0) + 1);
  return counts;
}
