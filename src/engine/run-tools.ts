import type { Clock, Random } from '../domain/clock.ts';
import type { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlannedGate, PlannedSignOff, PlannedStep } from '../domain/plan.ts';
import type { Facts, Runbook, Services, Step, StepContext } from '../kit.ts';
import type { Held, Ledger } from '../ledger/ledger.ts';
import type { Emit } from './events.ts';

/** What a gate inside a plan answered. */
export interface GateAnswer {
  readonly call: 'go' | 'hold' | 'no-go';
  readonly counts: JsonObject;
  /** Ids of the checks that decided it. */
  readonly because: readonly string[];
  /** The same for people. */
  readonly said: string;
}

/** What the people of a decision point have said. */
export interface SignsAnswer {
  /** Roles that are waited for. */
  readonly missing: readonly string[];
  /** Who says no and why, in words; one is enough. */
  readonly refusal?: string;
}

/** Times of the protocol in ms (reliability 4.2); a sandbox and a simulation make them shorter. */
export interface ProtocolTimes {
  /** G: from the record of an intent to the first byte. */
  readonly intentMs: number;
  /** Factor on every step's own settle time. */
  readonly settleFactor: number;
  readonly renewMs: number;
  /** Between two questions to the world about a step that is under way. */
  readonly askAgainMs: number;
}

export const USUAL_TIMES: ProtocolTimes = {
  intentMs: 15_000,
  settleFactor: 1,
  renewMs: 15_000,
  askAgainMs: 2_000,
};

/** Two-stage stop: the first request lets the running step finish, the second aborts the signal. */
export interface StopRequest {
  readonly stopping: boolean;
  readonly signal: AbortSignal;
}

/** Everything a run touches comes in here, so that a simulation can drive this very runner. */
export interface RunTools {
  readonly steps: ReadonlyMap<string, Step>;
  readonly services: Services;
  readonly ledger: Ledger;
  readonly held: Held;
  readonly clock: Clock;
  readonly random: Random;
  readonly runbook: Runbook;
  readonly secret: (name: string) => string;
  readonly render: StepContext['render'];
  readonly judgeGate: (entry: PlannedGate, facts: Facts) => Promise<GateAnswer>;
  /** What the people of a decision point have said by now. */
  readonly readSigns: (entry: PlannedSignOff, plan: Plan) => Promise<SignsAnswer>;
  /** What to do with a step that cannot be asked about; the default is the step's own policy. */
  readonly decide: (entry: PlannedStep) => Promise<'repeat' | 'skip' | 'stop'>;
  /** Entries recorded as done of which a person says that they stand: the world is not asked. */
  readonly vouched?: ReadonlySet<string>;
  readonly emit: Emit;
  readonly stop: StopRequest;
  readonly times: ProtocolTimes;
}

/** How one entry ended. */
export type EntryEnd =
  | {
      readonly end: 'done';
      readonly done: JsonObject;
      readonly how: 'effect' | 'inspected' | 'operator' | 'skipped';
      readonly tookMs: number;
    }
  | { readonly end: 'warned' }
  | { readonly end: 'failed'; readonly error: ReleaseError }
  | { readonly end: 'waiting'; readonly said: string }
  | { readonly end: 'in-doubt'; readonly said: string }
  | { readonly end: 'stopped'; readonly said: string }
  | { readonly end: 'fenced'; readonly error: ReleaseError };
