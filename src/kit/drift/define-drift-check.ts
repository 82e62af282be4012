import { DRIFT_CHECKS, type DriftArea, type DriftKind } from '../../domain/drift/drift-state.ts';
import { makeRedactor } from '../../domain/redact.ts';
import type { ServiceName, Services } from '../../services/services.ts';
import { type CheckSpec, defineCheck, type Policy, type Scope } from '../check.ts';
import { driftRecord, whyNoDrift } from './drift-facts.ts';
import { type DriftSeen, findDrift, judgeArea } from './judge-area.ts';

/** A part of the set-up: how it is read, and what of it must be there. */
export interface DriftPart<Need extends ServiceName> {
  readonly title: string;
  readonly runbook: readonly string[];
  readonly kind: DriftKind;
  readonly needs: readonly Need[];
  /** Default: advisory. */
  readonly weight?: 'blocker';
  readonly timeoutMs?: number;
  /** Says why this configuration has no such part; undefined when it has. */
  absent?(policy: Policy): string | undefined;
  /** Names that must be there. */
  required?(policy: Policy): readonly string[];
  /** Reads names and settings, never the value of a secret. Throws when it cannot be read. */
  read(services: Pick<Services, Need>, scope: Scope): Promise<DriftSeen>;
}

/** The ledger hides what looks like a key; what is compared with it must be hidden in the same way. */
const hide = makeRedactor([]);
const hideArea = (area: DriftArea): DriftArea =>
  Object.fromEntries(Object.entries(area).map(([key, value]) => [hide(key), hide(value)]));

/** Declares the check on one part of the set-up: asked by `release drift`, and by preflight once one was accepted. */
export function defineDriftCheck<const Need extends ServiceName>(
  part: DriftPart<Need>,
): CheckSpec<Need, DriftSeen> {
  const { title, runbook, kind, needs, weight = 'advisory', timeoutMs } = part;
  const required = (policy: Policy): readonly string[] => part.required?.(policy) ?? [];
  return defineCheck<Need, DriftSeen>({
    id: DRIFT_CHECKS[kind],
    title,
    runbook,
    gates: ['preflight', 'drift'],
    needs,
    weight,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    absent: (policy) =>
      part.absent?.(policy) ?? (required(policy).length > 0 ? undefined : whyNoDrift(policy)),
    probe: async (services, scope) => {
      // Nothing can be compared without the ledger, so that nothing is asked without it either.
      driftRecord(scope);
      const { area, ...seen } = await part.read(services, scope);
      return { ...seen, area: hideArea(area) };
    },
    judge: (seen, policy) => {
      const names = required(policy);
      return judgeArea(findDrift(kind, seen, driftRecord(policy), names), names.length, policy.env);
    },
  });
}
