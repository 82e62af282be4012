import type { LedgerEvent } from '../ledger/event.ts';
import { type EntryState, foldRuns } from '../ledger/fold.ts';
import type { RunTools } from './run-tools.ts';

/** For a step that this program does not know: the longest settle time of reliability 4.2. */
const UNKNOWN_SETTLE_MS = 60_000;

const isBegun = (state: EntryState | undefined): state is Extract<EntryState, { state: 'intent' }> =>
  state?.state === 'intent';

/**
 * How many ms an effect that another run began and did not end may still need to land; 0 when there is none. A
 * rollback that pushed a deploy aside would otherwise be overtaken by the deploy's own last request (F38).
 */
export function findLandingMs(
  events: readonly LedgerEvent[],
  run: string,
  { steps, times, clock }: Pick<RunTools, 'steps' | 'times' | 'clock'>,
): number {
  const now = clock.now().getTime();
  const lefts = foldRuns(events)
    .filter((other) => other.run !== run)
    .flatMap(({ plan, entries }) =>
      plan.entries.flatMap((entry) => {
        const state = entries[entry.name];
        if (entry.kind !== 'step' || entry.effect === 'read' || entry.onFailure === 'warn') return [];
        if (!isBegun(state)) return [];
        const settleMs = steps.get(entry.step)?.settleMs ?? UNKNOWN_SETTLE_MS;
        const whole = (times.intentMs + settleMs) * times.settleFactor;
        return [Math.min(whole, Date.parse(state.at) + whole - now)];
      }),
    );
  return Math.max(0, ...lefts);
}
