import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { listNames } from './feature-list.ts';
import { sayMeasurements } from './measured.ts';
import { sayAt } from './times.ts';

/** Variables of the incident message. Whoever reports it writes what happened, which may replace every
 * default here; what is open is said to be open. */
export function viewIncident(moment: Moment, runbook: Runbook): JsonObject {
  const { timezone: zone } = runbook;
  return {
    id: null,
    title: 'not described yet',
    severity: 'Severity not set',
    detected_at: sayAt(moment.now, zone),
    issue: null,
    affected_users: null,
    revenue: null,
    availability: 'not measured',
    root_cause: 'Investigating',
    customer_comms: 'Pending',
    eta: 'Unknown',
    war_room: null,
    updates: moment.canThread ? 'in this thread' : 'in this channel',
    ...moment.notes,
    ...sayMeasurements(moment, runbook),
    affected_services: listNames(moment.notes.affected_services, null),
    team: listNames(moment.notes.team, null),
  };
}
