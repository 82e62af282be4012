import { findPerson } from '../../config/find-person.ts';
import type { Runbook } from '../../config/schema/index.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Incident } from '../../ledger/find-incident.ts';
import { listCommand } from '../../ledger/fold-command.ts';
import { listIncidents } from '../../ledger/list-incidents.ts';
import type { Commander } from '../../report/postmortem/say-command.ts';

/** Who commanded the incident that this rollback ended, oldest first; nobody where the ledger does not say. */
export function readCommand(
  events: readonly LedgerEvent[],
  { rollback }: Incident,
  runbook: Pick<Runbook, 'people' | 'timezone'>,
): readonly Commander[] {
  const own = listIncidents(events, runbook.timezone).findLast((one) => one.rollback?.run === rollback.run);
  if (own === undefined) return [];
  const all = listCommand(events, own, (actor) => findPerson(runbook, actor) ?? actor);
  return all.map(({ commander = '', since }) => ({
    name: runbook.people[commander]?.name ?? commander,
    ...(since === undefined ? {} : { since }),
  }));
}
