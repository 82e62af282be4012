import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';

type Asked = Pick<RollbackFacts, 'reason' | 'severity' | 'orderedBy' | 'detectedAt'>;

/**
 * What the ledger keeps of the order for a rollback: why, how urgent, who gave it, and in the runbook's words of that day
 * who may at this urgency (E-85). Without levels in the runbook nobody's authority is recorded.
 */
export function makeAsked(
  to: string,
  { reason, severity, orderedBy, detectedAt }: Asked,
  severities: Runbook['severities'],
): JsonObject {
  const authority = Object.entries(severities ?? {}).find(([level]) => level === severity)?.[1].who;
  return {
    ...{ reason, severity, to },
    ...(orderedBy === undefined ? {} : { orderedBy }),
    ...(authority === undefined ? {} : { authority }),
    ...(detectedAt === undefined ? {} : { detectedAt }),
  };
}
