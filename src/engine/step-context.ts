import { ReleaseError } from '../domain/failure.ts';
import type { Plan, PlannedStep } from '../domain/plan.ts';
import type { Facts, StepContext } from '../kit.ts';
import type { RunTools } from './run-tools.ts';

/** One step of one run, on its way. */
export interface Running {
  readonly plan: Plan;
  readonly run: string;
  readonly entry: PlannedStep;
  readonly facts: Facts;
  readonly tools: RunTools;
}

const expired = (entry: PlannedStep): ReleaseError =>
  new ReleaseError('E_INTENT_EXPIRED', {
    what: `"${entry.title}" came too late after its record; nothing was sent.`,
    why: 'The machine was asleep, or the preparation took long.',
    next: 'It is recorded again and tried again.',
    state: 'untouched',
  });

const lost = (entry: PlannedStep): ReleaseError =>
  new ReleaseError('E_FENCED', {
    what: `The right to act ended before "${entry.title}"; nothing was sent.`,
    why: 'The lock was not renewed in time, so somebody else may have it.',
    next: 'release status shows who goes on.',
    state: 'untouched',
  });

/**
 * The check that runs in the same tick as the first byte of the effect. Wall clock and monotonic clock must both be
 * within the limit: one of them stands still while a machine sleeps (reliability 4.1).
 */
function makeGuard({ entry, tools }: Running): () => void {
  const { clock, held, times } = tools;
  const wall = clock.now().getTime();
  const steady = clock.monotonic();
  return () => {
    if (clock.monotonic() >= held.deadline()) throw lost(entry);
    const late = Math.max(clock.now().getTime() - wall, clock.monotonic() - steady);
    if (late >= times.intentMs) throw expired(entry);
  };
}

/** What a step is given; made right after its intent was recorded. */
export function makeStepContext(
  running: Running,
  intent: { readonly attempt: number; readonly firstAt: string },
  signal: AbortSignal,
): StepContext {
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
    guard: makeGuard(running),
    tell: (said) => tools.emit({ type: 'step.told', name: entry.name, said }),
    secret: tools.secret,
    render: tools.render,
  };
}
