import { ReleaseError } from '../../domain/failure.ts';
import { EMERGENCY } from '../../domain/handoff/emergency.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listIncidents, type OpenIncident } from '../../ledger/list-incidents.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import { proveEmergency } from './prove-emergency.ts';
import { proveItems } from './prove-items.ts';

const noIncident = (
  typed: string | undefined,
  env: string,
  incidents: readonly OpenIncident[],
): ReleaseError =>
  new ReleaseError('E_HANDOFF_SUBJECT', {
    what:
      typed === undefined
        ? `The ledger of ${env} knows of no incident.`
        : `The ledger of ${env} knows of no incident ${oneLine(typed, 40)}.`,
    why: 'One begins when a rule calls for P2 or worse, when somebody declares it, or with a rollback.',
    next:
      incidents.length === 0
        ? 'release note "what was seen" --severity P0|P1|P2 declares one'
        : `Known: ${incidents
            .slice(-5)
            .map(({ id }) => id)
            .join(', ')}`,
    state: 'untouched',
  });

/** From one incident commander to the next (HOE rows): the newest incident, or the one that is named. */
export function readIncident(
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Meeting {
  const incidents = listIncidents(events, wired.runbook.timezone);
  const incident =
    typed === undefined ? incidents.at(-1) : incidents.find(({ id }) => id === typed.toUpperCase());
  if (incident === undefined) throw noIncident(typed, wired.env, incidents);
  return {
    kind: 'emergency',
    version: incident.version,
    subject: incident.id,
    about: `${incident.id}, ${incident.severity}: ${incident.version} on ${wired.env}`,
    items: EMERGENCY,
    proofs: proveItems(EMERGENCY, new Map(), proveEmergency(incident, events, wired)),
    commit: '',
    files: () => [],
    warnings: [],
  };
}
