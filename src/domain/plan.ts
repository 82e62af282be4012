import type { Gate } from './finding.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * What happens to an effect when its answer is lost (reliability: step classes).
 * repeatable: may be repeated (A). probeable: the world can be asked (B).
 * unprobeable: a person or a policy decides (C). read: changes nothing (R).
 */
export type Effect = 'repeatable' | 'probeable' | 'unprobeable' | 'read';

/** Where a run may be stopped, and what is then at stake. */
export type StopAdvice = 'safe' | 'after' | 'never-between';

/** How one effect is taken back, as plain text for the plan; the code that does it lives with the step. */
export type UndoText =
  | { readonly kind: 'compensate'; readonly how: string }
  | { readonly kind: 'irreversible'; readonly because: string; readonly instead: string }
  | { readonly kind: 'nothing' };

interface PlannedBase {
  /** Unique in its plan; resume finds an entry by this name, never by its position. */
  readonly name: string;
  readonly title: string;
  /** Expected duration in ms, for the reader; measured or the runbook's budget. */
  readonly usualMs?: number;
  /** `earlier`: as long as it took in earlier runs. Left out: nobody has measured it. */
  readonly usualFrom?: 'earlier';
  readonly stop: StopAdvice;
}

/** One intended effect. `step` and `def` name the definition that must carry it out. */
export interface PlannedStep extends PlannedBase {
  readonly kind: 'step';
  readonly step: string;
  readonly def: number;
  readonly effect: Effect;
  readonly input: Json;
  readonly undo: UndoText;
  /** The earlier entry that is done once more, with all between, when a run goes on after this one failed. */
  readonly redoes?: string;
  /** The entry with which the proof begins that this one rests on; a run that comes back to it proves anew. */
  readonly provenBy?: string;
  /** What a failure of this step does to the run: stop it (default), or be told and go on (messages). */
  readonly onFailure?: 'stop' | 'warn';
  /** Codes that stop the run all the same, where a failure of this step is otherwise told and gone past. */
  readonly stopsOn?: readonly string[];
  /** Goes its own way: the next entry does not wait for it, only another one beside it and the end of the run do. */
  readonly beside?: true;
}

/** A point at which checks are asked and a verdict is needed to go on. */
export interface PlannedGate extends PlannedBase {
  readonly kind: 'gate';
  readonly gate: Gate;
}

/** A decision point of the runbook: people sign. `required: false` only tells who should. */
export interface PlannedSignOff extends PlannedBase {
  readonly kind: 'sign-off';
  readonly point: 1 | 2 | 3 | 4;
  readonly roles: readonly string[];
  readonly required: boolean;
}

/** Watching for a while; step 4 of the project runs it, a deploy only names it. */
export interface PlannedWatch extends PlannedBase {
  readonly kind: 'watch';
  readonly minutes: number;
}

export type PlanEntry = PlannedStep | PlannedGate | PlannedSignOff | PlannedWatch;

/** Ordered intended effects. A plan is data: printable, comparable, stored before the first effect. */
export interface Plan {
  readonly command: 'deploy' | 'rollback' | 'prepare' | 'smoke';
  readonly service: string;
  readonly env: string;
  /** The version that will be live afterwards, with its `v`. */
  readonly version: string;
  /** The version that is live now; empty string when nothing was ever live. */
  readonly from: string;
  readonly entries: readonly PlanEntry[];
  /** What was true of the world when this was planned and must still be true: shas, schema, config digest. */
  readonly basis: JsonObject;
  /** sha256 over everything above. */
  readonly digest: string;
}
