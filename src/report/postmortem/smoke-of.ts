import type { JsonObject } from '../../domain/json.ts';
import type { RunState } from '../../ledger/fold.ts';

/** Of fewer the slowest one is the P95, and chance decides. */
export const ENOUGH = 20;

/** How fast an endpoint answered the smoke tests of a run. */
export interface Seen {
  readonly p95Ms: number;
  readonly n: number | undefined;
  readonly errors: number | undefined;
}

export const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value)
    ? value.filter((one): one is JsonObject => one !== null && typeof one === 'object')
    : [];

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Endpoints of the smoke tests of a run, by name; undefined: asked, and no P95 came of it. Of two calls of one the slower. */
export function smokeOf(run: RunState | undefined): ReadonlyMap<string, Seen | undefined> {
  const entry = run?.plan.entries.find((one) => one.kind === 'step' && one.step === 'app.smoke-test');
  const found = new Map<string, Seen | undefined>();
  for (const { endpoint, p95Ms, n, errors } of objectsIn(entry && run?.facts[entry.name]?.endpoints)) {
    if (typeof endpoint !== 'string') continue;
    const slower = found.get(endpoint);
    const isNew = typeof p95Ms === 'number' && (slower === undefined || p95Ms > slower.p95Ms);
    found.set(endpoint, isNew ? { p95Ms, n: numberOf(n), errors: numberOf(errors) } : slower);
  }
  return found;
}
