import type { Clock } from '../domain/clock.ts';
import { ReleaseError } from '../domain/failure.ts';
import type { Plan, PlannedStep } from '../domain/plan.ts';
import type { Facts, StepContext } from '../kit.ts';
import type { Outlook } from './left-to-land.ts';
import type { RunTools } from './run-tools.ts';

/** One step of one run, on its way. */
export interface Running {
  readonly plan: Plan;
  readonly run: string;
  readonly entry: PlannedStep;
  readonly facts: Facts;
  readonly tools: RunTools;
  readonly outlook: Outlook;
}

/** A moment on both clocks, in ms: one of them stands still while a machine sleeps. */
export interface Since {
  readonly wall: number;
  readonly steady: number;
}

export const readSince = (clock: Clock): Since => ({
  wall: clock.now().getTime(),
  steady: clock.monotonic(),
});

/** One attempt as its step sees it. */
export interface Intent {
  readonly attempt: number;
  readonly firstAt: string;
  /** Read before the intent was sent to the ledger: a sleep on the way back must count as well. */
  readonly since: Since;
}

const expired = (entry: PlannedStep): ReleaseError =>
  new ReleaseError('E_INTENT_EXPIRED', {
    what: `"${entry.title}" came too late after its record; nothing was sent.`,
    why: 'The machine was asleep, or the preparation took long.',
    next: 'It is recorded again and tried again.',
    state: 'untouched',
  });

/**
 * The check that runs in the same tick as the first byte of the effect. Wall clock and monotonic clock must both be
 * within the limit (reliability 4.1). A lock that was not renewed in time is no more than late: the next record
 * proves whether somebody else has it. What was cut off sends nothing either.
 */
function makeGuard({ entry, tools }: Running, since: Since, signal: AbortSignal): () => void {
  const { clock, held, times } = tools;
  return () => {
    const late = Math.max(clock.now().getTime() - since.wall, clock.monotonic() - since.steady);
    const mayAct = late < times.intentMs && clock.monotonic() < held.deadline() && !signal.aborted;
    if (!mayAct) throw expired(entry);
  };
}

/** A push in one with the record of it, where the ledger is kept beside what is pushed; otherwise the push alone. */
function makeFence({ run, entry, tools }: Running, attempt: number): StepContext['withFence'] {
  const { ledger, held } = tools;
  return (value, push) => {
    const id = `${run}:${entry.name}:pushed:${attempt}:${held.epoch}`;
    const event = { id, run, step: entry.name, type: 'fact', data: { name: 'pushed', value } } as const;
    return ledger.fence?.(held, event, (move) => push([move])) ?? push([]);
  };
}

/** What a step is given; made for one attempt, or for one round of questions. */
export function makeStepContext(running: Running, intent: Intent, signal: AbortSignal): StepContext {
  const { plan, run, entry, facts, tools } = running;
  return {
    run,
    step: entry.name,
    scope: tools.held.scope,
    epoch: tools.held.epoch,
    plan,
    runbook: tools.runbook,
    facts,
    clock: tools.clock,
    intentAt: intent.firstAt,
    attempt: intent.attempt,
    signal,
    guard: makeGuard(running, intent.since, signal),
    withFence: makeFence(running, intent.attempt),
    tell: (said) => tools.emit({ type: 'step.told', name: entry.name, said }),
    secret: tools.secret,
    render: tools.render,
  };
}
