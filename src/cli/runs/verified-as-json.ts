import type { JsonObject } from '../../domain/json.ts';
import { judgeVerified } from '../../domain/judge-verified.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RunResult } from '../../engine/run-plan.ts';

type Judged = Pick<Plan, 'command' | 'version' | 'basis' | 'entries'>;

/**
 * What the end of a rollback says of itself (RBV rows): `verified` only where it went through and nothing is missing, and
 * what is missing by name with its reason. Nothing for other runs.
 */
export function verifiedAsJson(
  plan: Judged,
  { verdict, facts }: Pick<RunResult, 'verdict' | 'facts'>,
): JsonObject {
  if (plan.command !== 'rollback') return {};
  const { shown, missing } = judgeVerified(plan, facts);
  return {
    verified: verdict === 'completed' && missing.length === 0,
    verifiedParts: [...shown],
    notVerified: missing.map((one) => ({ ...one })),
  };
}
