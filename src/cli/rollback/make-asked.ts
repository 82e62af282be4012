import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RollbackFacts } from '../../plans/rollback-facts.ts';

interface Asked extends Pick<RollbackFacts, 'reason' | 'severity' | 'orderedBy' | 'detectedAt'> {
  /** The flag of an earlier command line that agreed to it, with its value. */
  readonly agreed?: string | undefined;
}

/**
 * What the ledger keeps of the order for a rollback: why, how urgent, who gave it and whether that was ahead, and in the runbook's words of that day
 * who may at this urgency (E-85). Without levels in the runbook nobody's authority is recorded.
 */
export function makeAsked(
  to: string,
  { reason, severity, orderedBy, detectedAt, agreed }: Asked,
  severities: Runbook['severities'],
): JsonObject {
  const authority = Object.entries(severities ?? {}).find(([level]) => level === severity)?.[1].who;
  return {
    ...{ reason, severity, to },
    ...(orderedBy === undefined ? {} : { orderedBy }),
    ...(agreed === undefined ? {} : { agreed }),
    ...(authority === undefined ? {} : { authority }),
    ...(detectedAt === undefined ? {} : { detectedAt }),
  };
}
