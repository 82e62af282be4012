import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RunState } from '../../ledger/fold.ts';

/** How each entry of a plan stands by the record of its run: what --json readers get. */
export const listEntries = (
  plan: Plan,
  state: Pick<RunState, 'entries'> | undefined,
): readonly JsonObject[] =>
  plan.entries.map(({ name, title, stop }) => {
    const at = state?.entries[name];
    const tookMs = at?.state === 'done' ? at.tookMs : null;
    const stands = at?.state === 'intent' ? 'in-doubt' : (at?.state ?? 'not begun');
    return { name, title, status: stands, stop, tookMs };
  });
