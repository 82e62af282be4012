import type { JsonObject } from '../../domain/json.ts';
import type { RunState } from '../../ledger/fold.ts';

/** What the messages of a run were given that no record has: the features of the release, the reason of a rollback. */
export function readNotes({ plan }: Pick<RunState, 'plan'>): JsonObject {
  const opening = plan.entries.find((entry) => entry.kind === 'step' && entry.step === 'slack.announce');
  const input = opening?.kind === 'step' ? ((opening.input ?? {}) as JsonObject) : {};
  return (input.notes ?? {}) as JsonObject;
}
