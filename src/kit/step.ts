import type { Runbook } from '../config/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Effect, Plan, PlannedStep, StopAdvice } from '../domain/plan.ts';
import type { FenceMove } from '../ledger/ledger.ts';
import type { ServiceName, Services } from '../services/services.ts';
import type { SlackMessage } from '../services/slack/port.ts';
import type { Facts } from './check.ts';

/** What the world says about a step whose answer was lost. */
export type Seen<Done> =
  | { readonly state: 'done'; readonly done: Done }
  | { readonly state: 'absent' }
  | { readonly state: 'underway'; readonly said: string }
  | { readonly state: 'unclear'; readonly said: string };

/** What a running step is given. */
export interface StepContext {
  readonly run: string;
  /** The entry's name in its plan. */
  readonly step: string;
  /** Ledger scope, `service/environment`. */
  readonly scope: string;
  readonly epoch: number;
  readonly plan: Plan;
  readonly runbook: Runbook;
  readonly facts: Facts;
  readonly clock: Clock;
  /** When the first intent of this entry was recorded (ISO); the start of the search for a lost effect. */
  readonly intentAt: string;
  /** 1 the first time; from 2 on an earlier attempt of this entry may have left traces. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** Call synchronously before the first byte of the effect; throws when the right to act has ended. */
  guard(): void;
  /**
   * Does a push that a run must not do once somebody else took over. `push` sends what it is given in the same atomic
   * push as its own, so that the remote itself refuses all of it (F29); it gets nothing where the ledger is kept
   * elsewhere. `value` is recorded with it as the fact `pushed`. Throws E_FENCED, or what `push` throws.
   */
  withFence(value: JsonObject, push: (more: readonly FenceMove[]) => Promise<void>): Promise<void>;
  /** A line about the progress; seen by people, not recorded. */
  tell(said: string): void;
  /** The value of a secret that the configuration names (`$NAME`); throws E_SECRET_MISSING. From RunTools. */
  secret(name: string): string;
  /** The message of a template, with the view filled in. */
  render(template: string, view: JsonObject): SlackMessage | Promise<SlackMessage>;
}

/** How an effect is taken back. A missing statement is a compile error. */
export type Undo<Need extends ServiceName, Input, Done> =
  | {
      readonly kind: 'compensate';
      readonly how: string;
      run(services: Pick<Services, Need>, input: Input, done: Done, context: StepContext): Promise<void>;
    }
  | { readonly kind: 'irreversible'; readonly because: string; readonly instead: string }
  | { readonly kind: 'nothing' };

/** A step: one effect on one service. */
export interface StepSpec<Need extends ServiceName, Input extends JsonObject, Done extends JsonObject> {
  /** `room.verb-noun`, permanent. */
  readonly id: string;
  /** Goes up when the meaning changes. */
  readonly def: number;
  readonly needs: readonly Need[];
  readonly effect: Effect;
  /** Longest time in ms that an accepted request may still land after its sender died. */
  readonly settleMs: number;
  /** Longest time in ms the step may take; the lock's deadline is stretched to it. */
  readonly timeoutMs: number;
  /** Time in ms in which a step that was cut off may still clear away what it left; default none. */
  readonly tidiesMs?: number;
  /** Its only effect is the push that it does by `withFence`. */
  readonly fenced?: true;
  /** Notes how things are before its run changes them: a later answer would be another one, so that it is not asked again then. */
  readonly notes?: true;
  /** Whether it still stands is asked beside a run that comes back: users do not wait for the answer, only the end does. */
  readonly askedBeside?: true;
  readonly stop: StopAdvice;
  title(input: Input): string;
  run(services: Pick<Services, Need>, input: Input, context: StepContext): Promise<Done>;
  /**
   * Whether it happened: asked when nobody knows, and when a run comes back to what is recorded as done (T37). Required
   * unless the step is repeatable or reads only; a repeatable one that has it is asked only when a run comes back.
   */
  inspect?(services: Pick<Services, Need>, input: Input, context: StepContext): Promise<Seen<Done>>;
  /** For unprobeable steps: what to do when in doubt. */
  readonly onDoubt?: 'ask' | 'repeat' | 'skip';
  readonly undo: Undo<Need, Input, Done>;
}

/** A step whose types are forgotten, as the runner holds it. */
export type Step = StepSpec<ServiceName, JsonObject, JsonObject>;

/** How a plan may name and place a step. */
export interface Placement {
  /** Default: the step's id. */
  readonly name?: string;
  readonly title?: string;
  readonly usualMs?: number;
  readonly onFailure?: 'stop' | 'warn';
  /** With `warn`: codes that stop the run all the same. */
  readonly stopsOn?: readonly FailureCode[];
  /** Goes beside the rest, in turn with others that do; only for what cannot stop a run. */
  readonly beside?: true;
  /** Name of the entry to do again when a run goes on after this one failed: a proof repeats what it proves. */
  readonly redoes?: string;
  /** Name of the entry with which the proof begins that this one rests on: a run that comes back proves anew. */
  readonly provenBy?: string;
}

/** A defined step, and `with` to put it into a plan. */
export type DefinedStep<
  Need extends ServiceName,
  Input extends JsonObject,
  Done extends JsonObject,
> = StepSpec<Need, Input, Done> & { with(input: Input, place?: Placement): PlannedStep };

/** Declares a step; refuses one that can neither be repeated nor asked about (reliability 4.4). */
export function defineStep<Need extends ServiceName, Input extends JsonObject, Done extends JsonObject>(
  spec: StepSpec<Need, Input, Done>,
): DefinedStep<Need, Input, Done> {
  if (spec.effect === 'probeable' && spec.inspect === undefined)
    throw new TypeError(`${spec.id} needs inspect`);
  if (spec.effect === 'unprobeable' && spec.onDoubt === undefined)
    throw new TypeError(`${spec.id} needs onDoubt`);
  return { ...spec, with: (input, place = {}) => planStep(spec, input, place) };
}

function planStep<Need extends ServiceName, Input extends JsonObject, Done extends JsonObject>(
  spec: StepSpec<Need, Input, Done>,
  input: Input,
  place: Placement,
): PlannedStep {
  // The run is somewhere else by the time it fails.
  if (place.beside && (place.onFailure !== 'warn' || place.stopsOn !== undefined))
    throw new TypeError(`${spec.id} may stop the run, so that it cannot go beside it`);
  const undo = spec.undo.kind === 'compensate' ? { kind: spec.undo.kind, how: spec.undo.how } : spec.undo;
  return {
    kind: 'step',
    name: place.name ?? spec.id,
    title: place.title ?? spec.title(input),
    step: spec.id,
    def: spec.def,
    effect: spec.effect,
    stop: spec.stop,
    input,
    undo,
    ...(place.usualMs === undefined ? {} : { usualMs: place.usualMs }),
    ...(place.onFailure === undefined ? {} : { onFailure: place.onFailure }),
    ...(place.stopsOn === undefined ? {} : { stopsOn: place.stopsOn }),
    ...(place.beside ? { beside: true } : {}),
    ...(place.redoes === undefined ? {} : { redoes: place.redoes }),
    ...(place.provenBy === undefined ? {} : { provenBy: place.provenBy }),
  };
}
