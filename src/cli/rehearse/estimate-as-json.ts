import type { JsonObject } from '../../domain/json.ts';
import type { Estimated } from './estimate.ts';

/** How long a rollback would take, for --json: times in ms. */
export const estimateAsJson = (
  { estimate, slots, limitMs }: Omit<Estimated, 'tried'>,
  severity: string,
): JsonObject => ({
  ms: Math.round(estimate.ms),
  limitMs: limitMs ?? null,
  severity,
  by: { ...estimate.by },
  slots: slots.map(({ slot, fromMs, toMs, source }) => ({
    slot,
    fromMs: Math.round(fromMs),
    toMs: Math.round(toMs),
    source,
  })),
  entries: estimate.entries.map(({ name, ms, source }) => ({ name, ms: Math.round(ms), source })),
});
