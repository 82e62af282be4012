import type { Plan, PlannedSignOff } from '../../domain/plan.ts';
import type { LedgerEvent } from '../../ledger/event.ts';

/** Roles of a decision point whose last word on this version is not GO. */
export function findMissingSigns(
  entry: PlannedSignOff,
  plan: Plan,
  events: readonly LedgerEvent[],
): readonly string[] {
  const lastWord = (role: string): string | undefined => {
    const said = events.findLast(
      (event) =>
        event.type === 'approval.recorded' &&
        event.data.point === entry.point &&
        event.data.role === role &&
        event.data.version === plan.version,
    );
    return said?.type === 'approval.recorded' ? said.data.decision : undefined;
  };
  return entry.roles.filter((role) => lastWord(role) !== 'go');
}
