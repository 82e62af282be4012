import type { RunState } from '../../../src/ledger/fold.ts';
import type { Scenario } from './open-scenario.ts';
import { readLedger } from './read-world.ts';

/** Step → how often its effect was promised and how often it was recorded as done, by the ledger after `skip` events. */
export function countSteps(
  scenario: Scenario,
  skip = 0,
): Readonly<Record<string, { begun: number; done: number }>> {
  const counts: Record<string, { begun: number; done: number }> = {};
  for (const { type, step } of readLedger(scenario).slice(skip)) {
    if (step === undefined) continue;
    const count = counts[step] ?? { begun: 0, done: 0 };
    counts[step] = count;
    if (type === 'step.intent') count.begun += 1;
    if (type === 'step.done') count.done += 1;
  }
  return counts;
}

/**
 * Entries of a run's plan that are recorded as done. `once`: those that must never be done again. The others may be by
 * their class: questions, switches and smoke tests, when a run proves anew what its next step rests on.
 */
export function listSteps(run: RunState | undefined): {
  readonly all: readonly string[];
  readonly once: readonly string[];
} {
  const steps = (run?.plan.entries ?? []).filter(({ kind }) => kind === 'step' || kind === 'sign-off');
  const mayRepeat = (entry: (typeof steps)[number]): boolean =>
    entry.kind === 'step' && (entry.effect === 'read' || entry.effect === 'repeatable');
  return {
    all: steps.map(({ name }) => name),
    once: steps.filter((entry) => !mayRepeat(entry)).map(({ name }) => name),
  };
}
