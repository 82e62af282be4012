import { sayDuration } from '../../domain/duration.ts';
import type { RollbackClock } from '../../domain/rollback-clock.ts';
import type { EngineEvent } from '../../engine/events.ts';

type Emit = (event: EngineEvent) => void;

/**
 * Passes events on, and says once beside the step that is under way that a rollback takes longer than its urgency allows,
 * and whom to call (RBC-P0). Nothing for a run without a clock. `now` gives ms since 1970.
 */
export function tellOverdue(
  emit: Emit,
  clock: RollbackClock | undefined,
  now: () => number,
  whom: () => readonly string[],
): Emit {
  const doneBy = clock?.doneBy;
  if (doneBy === undefined) return emit;
  let isSaid = false;
  return (event) => {
    emit(event);
    const isOfStep = event.type === 'step.started' || event.type === 'step.told';
    if (isSaid || !isOfStep || now() <= doneBy) return;
    isSaid = true;
    const call = whom();
    const names = call.length === 0 ? '' : `; call ${call.join(', ')}`;
    emit({
      type: 'step.told',
      name: event.name,
      said: `OVERDUE by ${sayDuration(now() - doneBy)} (${clock?.severity})${names}`,
    });
  };
}
