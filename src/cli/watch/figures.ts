import type { JsonObject } from '../../domain/json.ts';
import type { Watch } from '../../domain/watch/fold.ts';

/** By rule, its reading now in the rule's own unit; null: not known. Rules that may stay unmeasured, and are, are left out. */
export const figuresOf = (watch: Watch): JsonObject =>
  Object.fromEntries(
    watch
      .view()
      .filter(({ knowledge }) => knowledge !== 'unmeasured' && knowledge !== 'off')
      .map(({ id, value, knowledge }) => [
        id,
        value === undefined || !Number.isFinite(value) || knowledge !== 'measured'
          ? null
          : Number(value.toFixed(2)),
      ]),
  );

/** The figures as messages name them. */
export const measurementsOf = (figures: JsonObject): JsonObject => ({
  errorPercent: figures['error-percent'] ?? null,
  p95Ms: figures['p95-ms'] ?? null,
  dbP95Ms: figures['query-p95-ms'] ?? null,
  paymentsPercent: figures['payment-success-percent'] ?? null,
});
