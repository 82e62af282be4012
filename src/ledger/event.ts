import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';

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
  };
  'lock.takeover': {
    readonly actor: string;
    readonly reason: string;
    readonly pid: number;
    readonly processStart: string;
    readonly boot: string;
    readonly preempt?: 'rollback';
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
    readonly digest?: string;
  };
  'watch.tick': { readonly tick: number; readonly measurements: JsonObject };
  'watch.gap': { readonly since: string; readonly said: string };
  'run.paused': { readonly after: string; readonly said: string };
  'run.finished': { readonly verdict: 'completed' | 'reverted' | 'unsafe' | 'failed'; readonly said: string };
  'run.abandoned': { readonly reason: string };
}

export type EventType = keyof EventData;

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
  };
}[EventType];
