import type { Runbook } from '../../config/schema/index.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listIncidents } from '../../ledger/list-incidents.ts';
import { commandOf } from './command-of.ts';

/** Who commands the incident of a version that was not taken back yet, by name; undefined: nobody on record. */
export function findCommander(
  events: readonly LedgerEvent[],
  bad: string,
  runbook: Pick<Runbook, 'people' | 'timezone'>,
): string | undefined {
  const incident = listIncidents(events, runbook.timezone).findLast(
    ({ version, rollback }) => version === bad && rollback === undefined,
  );
  const commander = incident && commandOf(events, incident, runbook).commander;
  return commander === undefined ? undefined : (runbook.people[commander]?.name ?? commander);
}
