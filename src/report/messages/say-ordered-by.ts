import type { Runbook } from '../../config/schema/index.ts';
import type { Moment } from '../../domain/moment.ts';

/**
 * Who ordered a rollback, and who may by the runbook at this urgency (E-85): `Dana Ito; P0: On-call starts it alone`. Null
 * where nobody is on record.
 */
export function sayOrderedBy({ notes }: Moment, { severities }: Runbook): string | null {
  const { ordered_by: by, severity } = notes;
  if (typeof by !== 'string' || by === '') return null;
  const rule = Object.entries(severities ?? {}).find(([level]) => level === severity)?.[1];
  return rule === undefined ? by : `${by}; ${severity}: ${rule.who}`;
}
