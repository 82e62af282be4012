import type { RunState } from '../ledger/fold.ts';
import type { Begun } from './left-to-land.ts';
import type { RunTools } from './run-tools.ts';

/** For a step that this program does not know: the longest settle time of reliability 4.2. */
const UNKNOWN_SETTLE_MS = 60_000;

/**
 * Effects that other runs began and did not end. A rollback that pushed a deploy aside would otherwise be overtaken by
 * the deploy's own last request (F38).
 */
export function findBegun(
  runs: readonly RunState[],
  run: string,
  { steps, times }: Pick<RunTools, 'steps' | 'times'>,
): readonly Begun[] {
  return runs
    .filter((other) => other.run !== run)
    .flatMap(({ plan, entries }) =>
      plan.entries.flatMap((entry) => {
        const state = entries[entry.name];
        if (entry.kind !== 'step' || entry.effect === 'read' || entry.onFailure === 'warn') return [];
        if (state?.state !== 'intent') return [];
        const settleMs = steps.get(entry.step)?.settleMs ?? UNKNOWN_SETTLE_MS;
        const wholeMs = (times.intentMs + settleMs) * times.settleFactor;
        return [{ at: state.at, epoch: state.epoch, wholeMs }];
      }),
    );
}
