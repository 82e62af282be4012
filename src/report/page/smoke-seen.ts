import type { JsonObject } from '../../domain/json.ts';
import type { RunState } from '../../ledger/fold.ts';

/** One endpoint of the smoke tests of a run, as its record has it; what is not there is undefined. */
export interface SmokeSeen {
  readonly endpoint: string;
  readonly state: string;
  readonly n: number | undefined;
  readonly errors: number | undefined;
  readonly p95Ms: number | undefined;
  readonly maxMs: number | undefined;
  readonly limitMs: number | undefined;
  readonly maxLimitMs: number | undefined;
  readonly said: string;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const objectOf = (value: unknown): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};

function read(told: JsonObject): SmokeSeen | undefined {
  const { endpoint, state, said } = told;
  if (typeof endpoint !== 'string') return undefined;
  const limits = objectOf(told.limits);
  return {
    endpoint,
    state: typeof state === 'string' ? state : 'unknown',
    n: numberOf(told.n),
    errors: numberOf(told.errors),
    p95Ms: numberOf(told.p95Ms),
    maxMs: numberOf(told.maxMs),
    limitMs: numberOf(limits.p95Ms),
    maxLimitMs: numberOf(limits.maxMs),
    said: typeof said === 'string' ? said : '',
  };
}

/** What the smoke tests of a run saw, in their order; empty: none are on record. */
export function listSmoke(run: RunState | undefined): readonly SmokeSeen[] {
  const entry = run?.plan.entries.find((one) => one.kind === 'step' && one.step === 'app.smoke-test');
  const told = entry && run?.facts[entry.name]?.endpoints;
  return Array.isArray(told) ? told.flatMap((one) => read(objectOf(one)) ?? []) : [];
}
