import { findPerson } from '../../config/find-person.ts';
import type { Runbook } from '../../config/schema/index.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { type Command, foldCommand } from '../../ledger/fold-command.ts';
import type { OpenIncident } from '../../ledger/list-incidents.ts';

/** Who commands an incident, persons by their key under `people`; somebody whom the runbook does not have, as the ledger calls them. */
export const commandOf = (
  events: readonly LedgerEvent[],
  incident: Pick<OpenIncident, 'id' | 'taken'>,
  runbook: Pick<Runbook, 'people'>,
): Command => foldCommand(events, incident, (actor) => findPerson(runbook, actor) ?? actor);
