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
