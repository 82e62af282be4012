import type { EvidenceItem } from '../domain/approvals/evidence.ts';
import type { ApprovalPayload } from '../domain/approvals/payload.ts';
import type { DriftChange, DriftState } from '../domain/drift/drift-state.ts';
import type { SchemaMoves } from '../domain/drift/explain-schema.ts';
import type { DriftCall } from '../domain/drift/judge-drift.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import type { RollbackRehearsal } from '../domain/rollback-rehearsal/rollback-rehearsal.ts';
import type { HandoffEventData } from './handoff-event.ts';
import type { MessageEventData } from './message-event.ts';
import type { PrepareEventData } from './prepare-event.ts';
import type { RecordedFinding } from './recorded-finding.ts';
import type { TaskEventData } from './task-event.ts';
import type { WatchEventData } from './watch-event.ts';

/** What each kind of event carries. Named fields only: nothing else is ever stored (reliability 5.2). */
export interface EventData
  extends WatchEventData,
    HandoffEventData,
    MessageEventData,
    PrepareEventData,
    TaskEventData {
  'run.planned': { readonly plan: Plan; readonly request: JsonObject; readonly configDigest: string };
  /** A sign-off (docs/approvals.md). Nothing of it is believed: whoever reads it verifies it. */
  'approval.recorded': {
    readonly version: string;
    /** What was signed. */
    readonly approval: ApprovalPayload;
    /** What the person had before them; its digest stands in the approval. */
    readonly items: readonly EvidenceItem[];
    /** By an SSH key, over the canonical JSON of the approval: the armour without its frame. */
    readonly signature?: string;
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
    /** Both in clear, for those who decide on another machine. */
    readonly commit?: string;
    readonly config?: string;
    /** Missing in events that were written before findings were recorded. */
    readonly findings?: readonly RecordedFinding[];
    /** True when only some checks were asked: `call` is no verdict on the release. */
    readonly part?: true;
  };
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
  /** A rollback was tried on a branch of the database and a private clone of the code. */
  'rollback.rehearsed': RollbackRehearsal;
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
