import type { Runbook } from '../../config/schema/index.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findStandingIncident } from '../../ledger/find-standing-incident.ts';
import type { StandingIncident } from '../../report/incident-rows.ts';
import { commandOf } from '../handoff/command-of.ts';

/** The incident that is not over, with its commander and the last offer by name; undefined: there is none on record. */
export function readIncident(
  events: readonly LedgerEvent[],
  runbook: Pick<Runbook, 'people' | 'timezone'>,
): StandingIncident | undefined {
  const incident = findStandingIncident(events, runbook.timezone);
  if (incident === undefined) return undefined;
  const nameOf = (person: string): string => runbook.people[person]?.name ?? person;
  const { commander, since, offer } = commandOf(events, incident, runbook);
  const { id, severity, version, detectedAt, rollback } = incident;
  return {
    ...{ id, severity, version, detectedAt, isTakenBack: rollback !== undefined },
    ...(commander === undefined ? {} : { commander: nameOf(commander) }),
    ...(since === undefined ? {} : { since }),
    ...(offer === undefined ? {} : { offer: { ...offer, by: nameOf(offer.by), to: nameOf(offer.to) } }),
  };
}
