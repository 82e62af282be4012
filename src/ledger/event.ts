import type { DecisionPoint } from '../domain/decision-point.ts';
import type { DriftChange, DriftState } from '../domain/drift/drift-state.ts';
import type { SchemaMoves } from '../domain/drift/explain-schema.ts';
import type { DriftCall } from '../domain/drift/judge-drift.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import type { Level } from '../domain/watch/rule.ts';
import type { RecordedFinding } from './recorded-finding.ts';

/** What each kind of event carries. Named fields only: nothing else is ever stored (reliability 5.2). */
export interface EventData {
  'run.planned': { readonly plan: Plan; readonly request: JsonObject; readonly configDigest: string };
  'approval.recorded': {
    readonly point: number;
    readonly role: string;
    readonly person: string;
    readonly method: string;
    readonly decision: 'go' | 'no-go';
    readonly comment?: string;
    readonly digest?: string;
    readonly version: string;
  };
  'lock.acquired': {
    readonly actor: string;
    readonly reason: string;
    readonly pid: number;
    readonly processStart: string;
    readonly boot: string;
    readonly preempt?: 'rollback';
    /** Random: tells two claims of one run apart, where no server does. */
    readonly claim?: string;
  };
  'lock.takeover': {
    readonly actor: string;
    readonly reason: string;
    readonly pid: number;
    readonly processStart: string;
    readonly boot: string;
    readonly preempt?: 'rollback';
    readonly claim?: string;
    /** The run that held it. */
    readonly from: string;
  };
  'lock.released': { readonly outcome: string };
  'step.intent': { readonly attempt: number; readonly key: string; readonly inputDigest: string };
  'step.done': {
    readonly how: 'effect' | 'inspected' | 'operator' | 'skipped';
    readonly done: JsonObject;
    readonly tookMs: number;
  };
  'step.failed': { readonly code: string; readonly said: string; readonly state: string };
  'step.doubt': { readonly said: string };
  'step.warned': { readonly code: string; readonly said: string };
  fact: { readonly name: string; readonly value: JsonObject };
  'gate.decided': {
    readonly gate: string;
    readonly call: 'go' | 'hold' | 'no-go';
    readonly counts: JsonObject;
    readonly because: readonly string[];
    readonly version?: string;
    /** Of commit and configuration. */
    readonly digest?: string;
    /** Missing in events that were written before findings were recorded. */
    readonly findings?: readonly RecordedFinding[];
    /** True when only some checks were asked: `call` is no verdict on the release. */
    readonly part?: true;
  };
  /** A rule calls for a rollback, or does no longer; `change` as in docs/ticks.md. */
  'watch.changed': { readonly version: string; readonly change: JsonObject };
  /** How the rules stood, when that was not as before: those that are not well, with what they lack. */
  'watch.stood': { readonly version: string; readonly level: Level; readonly rules: readonly JsonObject[] };
  /** What a person adds to a watch (E-118): a note, a complaint, or something declared. */
  'watch.noted': {
    readonly text: string;
    readonly by: string;
    readonly version: string;
    readonly complaint?: string;
    readonly severity?: 'P0' | 'P1' | 'P2' | 'P3';
    /** The note that is over now. */
    readonly resolves?: string;
    /** What the deciders of a point answered. */
    readonly decision?: { readonly point: DecisionPoint; readonly outcome: string };
  };
  /** Whoever recorded this asks the deciders of a point, and nobody else. */
  'watch.asking': { readonly version: string; readonly point: DecisionPoint };
  /** An update that people were promised has been posted (E-103). */
  'watch.told': {
    readonly template: string;
    readonly version: string;
    readonly channels: readonly string[];
    /** What people were told of a look, for an incident. */
    readonly level?: Level;
    /** The point of decision that people were asked about. */
    readonly point?: DecisionPoint;
  };
  /** live → complete → successful (E-116). */
  'watch.ended': {
    readonly version: string;
    readonly verdict: string;
    readonly state: 'complete' | 'successful' | 'stopped';
    readonly said: string;
    /** What values were compared with, for those who look later from another machine: series, source and value. */
    readonly baselines?: readonly JsonObject[];
    /** By rule, its reading at the end. */
    readonly figures?: JsonObject;
  };
  /** A look at a complete release, so many hours after users came: what it came to, and each rule's reading. */
  'watch.looked': {
    readonly version: string;
    readonly hour: number;
    readonly verdict: 'clean' | 'above' | 'unknown';
    readonly level: Level;
    readonly said: string;
    readonly figures: JsonObject;
    /** ISO. */
    readonly since: string;
    /** ISO: when it was begun. Left out by older programs. */
    readonly began?: string;
  };
  /** Hours at which nobody looked; they are not made up for. */
  'watch.missed': { readonly version: string; readonly hours: readonly number[] };
  /** In a ledger that has no queue: whoever recorded this looks, and nobody else. */
  'watch.look-begun': { readonly version: string; readonly hour: number };
  'run.paused': { readonly after: string; readonly said: string };
  'run.finished': { readonly verdict: 'completed' | 'reverted' | 'unsafe' | 'failed'; readonly said: string };
  'run.abandoned': { readonly reason: string };
  /** The set-up as a person accepted it: from here on the baseline. After `until` (ISO) the one before counts again. */
  'drift.accepted': {
    readonly reason: string;
    readonly state: DriftState;
    readonly version: string;
    readonly commit: string;
    readonly until?: string;
  };
  /** One look at the set-up, and what it found. */
  'drift.checked': {
    readonly call: DriftCall;
    readonly changes: readonly DriftChange[];
    readonly unknown: readonly string[];
    /** Run of the baseline that it was compared with; empty when there was none. */
    readonly baseline: string;
    readonly digest: string;
  };
  /** People were told of this set of changes. */
  'drift.alerted': { readonly digest: string; readonly channels: readonly string[] };
  /** The schema before a run that changes it, and what the run did to it. */
  'drift.schema-before': { readonly schema: DriftState['schema'] & {} };
  'drift.schema-moved': { readonly version: string; readonly moves: SchemaMoves };
}

export type EventType = keyof EventData;

/** Where an event was recorded first, when that was not in this ledger (`release ledger sync`). */
interface FirstRecord {
  readonly at: string;
  readonly host: string;
  readonly actor: string;
  readonly tool: string;
}

/** One entry of the ledger; the same JSON in every store. `p` and `h` chain the entries by hash. */
export type LedgerEvent = {
  readonly [T in EventType]: {
    readonly v: 1;
    readonly id: string;
    readonly scope: string;
    readonly run: string;
    readonly seq: number;
    readonly epoch: number;
    readonly at: string;
    readonly host: string;
    readonly actor: string;
    readonly tool: string;
    readonly type: T;
    readonly step?: string;
    readonly def?: number;
    readonly data: EventData[T];
    readonly was?: FirstRecord;
    readonly p: string;
    readonly h: string;
  };
}[EventType];

/** What a writer gives; the store adds position, epoch, time, origin and hashes. `id` makes a retry harmless. */
export type NewEvent = {
  readonly [T in EventType]: {
    readonly id: string;
    readonly run: string;
    readonly type: T;
    readonly step?: string;
    readonly def?: number;
    readonly data: EventData[T];
    readonly was?: FirstRecord;
  };
}[EventType];
